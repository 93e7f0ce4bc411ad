package io.bradawl.rendezvous.options;

import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names of all options, without dashes, and how files and the environment spell them. */
final class OptionNames {

  static final String VARIABLE_PREFIX = "BRADAWL_RENDEZVOUS_";

  private final SortedSet<String> names;

  OptionNames(Set<String> names) {
    this.names = new TreeSet<>(names);
  }

  static String withoutDashes(String option) {
    return option.startsWith("--") ? option.substring(2) : option;
  }

  /** The option that {@code key} of a file means. */
  String ofKey(String key, String source) throws SettingsException {
    if (withoutDashes(ConfigOptions.NAME).equals(key)) {
      throw new SettingsException(
          key + " (" + source + ") cannot name a further file; remove it there");
    }
    if (names.contains(key)) {
      return key;
    }
    throw new SettingsException(unknown(key, source, nearest(key)));
  }

  /** The option that the environment variable {@code name} means. */
  String ofVariable(String name) throws SettingsException {
    for (String option : names) {
      if (variable(option).equals(name)) {
        return option;
      }
    }
    String near = nearest(option(name));
    throw new SettingsException(unknown(name, "environment", near == null ? null : variable(near)));
  }

  private static String unknown(String name, String source, @Nullable String near) {
    String remedy = near == null ? "remove it" : "did you mean " + near + "?";
    return name
        + " ("
        + source
        + ") is not an option of the rendezvous; "
        + remedy
        + " (--help lists all)";
  }

  private @Nullable String nearest(String wrong) {
    String nearest = null;
    int least = 1 + Math.max(2, wrong.length() / 4);
    for (String name : names) {
      int distance = EditDistance.of(wrong, name);
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  static String variable(String option) {
    return VARIABLE_PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static String option(String variable) {
    String rest = variable.substring(VARIABLE_PREFIX.length());
    return rest.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
