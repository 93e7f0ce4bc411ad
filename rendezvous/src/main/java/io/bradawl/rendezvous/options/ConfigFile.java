package io.bradawl.rendezvous.options;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A properties file in UTF-8. */
final class ConfigFile {

  private ConfigFile() {}

  /** Its keys and values, in an order that does not change from run to run. */
  static SortedMap<String, String> read(Path file) throws SettingsException {
    SortedMap<String, String> lines = new TreeMap<>();
    for (Map.Entry<Object, Object> line : load(file).entrySet()) {
      lines.put(line.getKey().toString(), line.getValue().toString().strip());
    }
    return lines;
  }

  private static Properties load(Path file) throws SettingsException {
    Lines lines = new Lines();
    try (Reader text = Files.newBufferedReader(file, UTF_8)) {
      lines.load(text);
      if (lines.repeated != null) {
        throw bad(
            file,
            "has "
                + lines.repeated
                + " more than once; several values stand in one line, between commas");
      }
      return lines;
    } catch (NoSuchFileException e) {
      throw bad(file, "does not exist");
    } catch (CharacterCodingException e) {
      throw bad(file, "is not in UTF-8");
    } catch (IOException e) {
      throw bad(file, "cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw bad(file, "is no properties file: " + e.getMessage());
    }
  }

  private static SettingsException bad(Path file, String what) {
    return new SettingsException("configuration file " + file + " " + what);
  }

  /** Of two lines with one key the first would be lost without a word. */
  private static final class Lines extends Properties {
    private static final long serialVersionUID = 1;

    private @Nullable String repeated;

    @Override
    public synchronized @Nullable Object put(Object key, Object value) {
      Object before = super.put(key, value);
      if (before != null) {
        repeated = key.toString();
      }
      return before;
    }
  }
}
