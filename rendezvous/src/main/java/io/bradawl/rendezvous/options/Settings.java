package io.bradawl.rendezvous.options;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options that are set beside the command line: the configuration file is stronger than the
 * environment. What neither knows is refused, for a misspelt limit is no limit.
 */
final class Settings implements IDefaultValueProvider {

  /** What Kubernetes and container links set for a service that is called bradawl-rendezvous. */
  private static final Pattern OF_SERVICE_LINKS =
      Pattern.compile("(SERVICE_(HOST|PORT(_.+)?)|PORT(_\\d+_(TCP|UDP|SCTP)(_[A-Z]+)?)?|NAME)");

  private final OptionNames options;
  private final Map<String, Setting> settings = new HashMap<>();

  private Settings(OptionNames options) {
    this.options = options;
  }

  /**
   * Reads both.
   *
   * @param options that there are, by their long names without dashes
   * @param file {@code null} for none
   * @throws SettingsException on the first that is unknown, or if the file cannot be read
   */
  static Settings read(Set<String> options, @Nullable Path file, Map<String, String> environment)
      throws SettingsException {
    Settings settings = new Settings(new OptionNames(options));
    settings.environment(environment);
    if (file != null) {
      settings.file(file);
    }
    return settings;
  }

  /** What {@code option} is set to, or {@code null}. */
  @Nullable Setting of(ArgSpec option) {
    return option instanceof OptionSpec named
        ? settings.get(OptionNames.withoutDashes(named.longestName()))
        : null;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec option) {
    Setting setting = of(option);
    return setting == null ? null : setting.value();
  }

  /** An empty variable counts as not set. */
  private void environment(Map<String, String> variables) throws SettingsException {
    for (Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
      String name = variable.getKey();
      if (name.startsWith(OptionNames.VARIABLE_PREFIX)
          && !variable.getValue().isEmpty()
          && !isOfServiceLink(name)) {
        String option = options.ofVariable(name);
        settings.put(option, new Setting(variable.getValue(), "environment variable " + name));
      }
    }
  }

  private static boolean isOfServiceLink(String variable) {
    String rest = variable.substring(OptionNames.VARIABLE_PREFIX.length());
    return OF_SERVICE_LINKS.matcher(rest).matches();
  }

  private void file(Path file) throws SettingsException {
    for (Map.Entry<String, String> line : ConfigFile.read(file).entrySet()) {
      String source = "file " + file;
      String option = options.ofKey(line.getKey(), source);
      settings.put(option, new Setting(line.getValue(), source));
    }
  }
}
