package io.bradawl.agent.config;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects settings, the strongest source first: agent arguments, system properties, environment,
 * the file named by {@code bradawl.config}. In the arguments and in the file the prefix {@code
 * bradawl.} may be left out.
 */
final class Sources {

  private static final String VARIABLE_PREFIX = "BRADAWL_";

  private final Map<Key, Setting> strongest = new EnumMap<>(Key.class);
  private @Nullable ConfigException problem;

  /** Reads all four. */
  static Sources read(String arguments, Properties properties, Map<String, String> environment) {
    Sources sources = new Sources();
    sources.arguments(arguments);
    sources.systemProperties(properties);
    sources.environment(environment);
    sources.file();
    return sources;
  }

  /**
   * The first thing that could not be read, or {@code null}; what follows it is read all the same.
   */
  @Nullable ConfigException problem() {
    return problem;
  }

  /** The strongest setting of {@code key}, or {@code null} if it is set nowhere. */
  @Nullable Setting of(Key key) {
    return strongest.get(key);
  }

  Iterable<Setting> all() {
    return strongest.values();
  }

  /**
   * Reads what stands after {@code -javaagent:bradawl-agent.jar=}: {@code key=value} pairs,
   * separated by commas. If there is a semicolon anywhere, the pairs are separated by semicolons
   * and commas belong to the values.
   */
  private void arguments(String text) {
    String source = "agent argument";
    boolean secret = text.contains(Key.SECRET.suffix() + "=");
    String separator = text.indexOf(';') >= 0 ? ";" : ",";
    for (String pair : text.split(separator)) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && !(secret && isUnknown(pair.substring(0, equals)))) {
        put(pair.substring(0, equals).strip(), pair.substring(equals + 1), source);
      } else if (!pair.isBlank()) {
        problem(
            (secret ? "one" : "\"" + pair.strip() + "\"") // it may be a part of the secret
                + " ("
                + source
                + ") is not key=value; if the comma before it"
                + " belongs to a value, separate the settings with ';'");
      }
    }
  }

  /** Reads those whose name begins with {@code bradawl.}. */
  private void systemProperties(Properties properties) {
    for (String name : sorted(properties.stringPropertyNames(), Key.PREFIX)) {
      put(name, properties.getProperty(name), "system property");
    }
  }

  /** Reads those whose name begins with {@code BRADAWL_}. An empty variable counts as not set. */
  private void environment(Map<String, String> variables) {
    for (String name : sorted(variables.keySet(), VARIABLE_PREFIX)) {
      String value = variables.get(name);
      if (value != null && !value.isEmpty()) {
        putVariable(name, value);
      }
    }
  }

  /** Reads the file named by {@code bradawl.config}, if it is set. */
  private void file() {
    Setting named = of(Key.CONFIG);
    if (named == null) {
      return;
    }
    try {
      settings(load(named), named.value());
    } catch (ConfigException e) {
      problem(e);
    }
  }

  private void settings(Properties properties, String file) {
    for (String name : sorted(properties.stringPropertyNames(), "")) {
      if (name.equals(Key.CONFIG.suffix()) || name.equals(Key.CONFIG.property())) {
        problem(name + " (file " + file + ") cannot name a further file; remove it");
      } else {
        put(name, properties.getProperty(name), Setting.FILE + file);
      }
    }
  }

  /** In an order that does not change from run to run, so that neither does the error. */
  private static List<String> sorted(Set<String> names, String prefix) {
    List<String> ours = new ArrayList<>();
    for (String name : names) {
      if (name.startsWith(prefix)) {
        ours.add(name);
      }
    }
    if (ours.size() > 1) {
      Collections.sort(ours);
    }
    return ours;
  }

  private static Properties load(Setting named) throws ConfigException {
    Properties properties = new Properties();
    try (Reader text = new StringReader(Files.readString(Path.of(named.value())))) {
      properties.load(text);
      return properties;
    } catch (CharacterCodingException e) {
      throw named.bad("the file is not in UTF-8");
    } catch (IOException | InvalidPathException e) {
      throw named.bad("the file cannot be read (" + e + ")");
    } catch (IllegalArgumentException e) {
      throw named.bad("the file is not a properties file (" + e.getMessage() + ")");
    }
  }

  private void put(String name, String value, String source) {
    String suffix = suffix(name);
    Key key = Key.of(suffix);
    if (key == null) {
      unknown(Key.PREFIX + suffix, source, Suggestion.ofProperty(Key.PREFIX + suffix));
    } else {
      strongest.putIfAbsent(key, new Setting(key, value.strip(), source));
    }
  }

  private static boolean isUnknown(String name) {
    return Key.of(suffix(name.strip())) == null;
  }

  private static String suffix(String name) {
    return name.startsWith(Key.PREFIX) ? name.substring(Key.PREFIX.length()) : name;
  }

  private void putVariable(String name, String value) {
    for (Key key : Key.values()) {
      if (key.variable().equals(name)) {
        put(key.property(), value, "environment variable " + name);
        return;
      }
    }
    unknown(name, "environment", Suggestion.ofVariable(name));
  }

  private void unknown(String name, String source, @Nullable String suggestion) {
    String remedy = suggestion == null ? "remove it" : "did you mean " + suggestion + "?";
    problem(
        name
            + " ("
            + source
            + ") is not a setting of Bradawl; "
            + remedy
            + " (java -jar bradawl-agent.jar --help lists all)");
  }

  private void problem(String message) {
    problem(new ConfigException(message, true));
  }

  private void problem(ConfigException found) {
    if (problem == null) {
      problem = found;
    }
  }
}
