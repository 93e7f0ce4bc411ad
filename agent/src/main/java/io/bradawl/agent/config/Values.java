package io.bradawl.agent.config;

import io.bradawl.agent.log.LogLevel;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.runtime.address.VirtualRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads values. Each method takes the setting, or {@code null} for the default. */
final class Values {

  private static final VirtualRange WHOLE_RANGE = new VirtualRange(0xF0000000, 4);
  private static final String STDERR = "stderr";

  private Values() {}

  static boolean enabled(@Nullable Setting setting) throws ConfigException {
    return setting == null || choice(setting, "true", "false").equals("true");
  }

  static boolean exitsOnError(@Nullable Setting setting) throws ConfigException {
    return setting == null || choice(setting, "exit", "continue").equals("exit");
  }

  static Reuse reuse(@Nullable Setting setting) throws ConfigException {
    return setting == null
        ? Reuse.ON
        : Reuse.valueOf(choice(setting, "on", "lazy", "off").toUpperCase(Locale.ROOT));
  }

  static LogLevel logLevel(@Nullable Setting setting) throws ConfigException {
    if (setting == null) {
      return LogLevel.INFO;
    }
    String name = choice(setting, "off", "error", "warn", "info", "debug", "trace");
    return LogLevel.valueOf(name.toUpperCase(Locale.ROOT));
  }

  static @Nullable PortSet ports(@Nullable Setting setting) throws ConfigException {
    try {
      return setting == null ? null : PortSet.parse(setting.value());
    } catch (IllegalArgumentException e) {
      throw bad(setting, e);
    }
  }

  static List<RendezvousAddress> stun(@Nullable Setting setting) throws ConfigException {
    List<RendezvousAddress> servers = rendezvous(setting);
    if (setting != null && servers.stream().anyMatch(RendezvousAddress::tls)) {
      throw setting.bad("STUN servers are asked by UDP, where tls: means nothing");
    }
    return servers;
  }

  static List<RendezvousAddress> rendezvous(@Nullable Setting setting) throws ConfigException {
    List<RendezvousAddress> servers = new ArrayList<>();
    if (setting != null) {
      for (String server : setting.value().split(",", -1)) {
        try {
          servers.add(RendezvousAddress.parse(server.strip()));
        } catch (IllegalArgumentException e) {
          throw bad(setting, e);
        }
      }
    }
    return List.copyOf(servers);
  }

  /**
   * {@code null} for the JVM's trust store. That the file has certificates is seen here, what they
   * are is not: TLS is loaded when it is needed.
   */
  static @Nullable Path tlsTrust(@Nullable Setting setting) throws ConfigException {
    if (setting == null) {
      return null;
    }
    try {
      Path file = Path.of(setting.value()).toAbsolutePath();
      if (!Files.readString(file).contains("-----BEGIN CERTIFICATE-----")) {
        throw setting.bad("there is no certificate in the file");
      }
      return file;
    } catch (IOException | InvalidPathException e) {
      throw setting.bad("the file cannot be read (" + e + ")");
    }
  }

  static @Nullable PeerName name(@Nullable Setting setting, boolean inRealm)
      throws ConfigException {
    if (setting == null) {
      return null;
    }
    try {
      PeerName name = PeerName.parse(setting.value());
      if (!inRealm) {
        throw setting.bad("a name needs a realm to be claimed in; set bradawl.secret.file too");
      }
      return name;
    } catch (IllegalArgumentException e) {
      throw bad(setting, e);
    }
  }

  static Map<PeerName, PeerId> peers(@Nullable Setting setting) throws ConfigException {
    if (setting == null) {
      return Map.of();
    }
    if (!setting.value().startsWith("@")) {
      return aliases(setting, List.of(setting.value().split(",", -1)));
    }
    String file = setting.value().substring(1);
    try {
      return aliases(setting, Files.readAllLines(Path.of(file)));
    } catch (IOException | InvalidPathException e) {
      throw setting.bad("the file cannot be read (" + e + ")");
    }
  }

  static String suffix(@Nullable Setting setting) throws ConfigException {
    if (setting == null) {
      return "peer";
    }
    String suffix = setting.value().toLowerCase(Locale.ROOT);
    String label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    if (!Pattern.matches(label + "(\\." + label + ")*", suffix)) {
      throw setting.bad("\"" + setting.value() + "\" is not a domain name");
    }
    return suffix;
  }

  static VirtualRange range(@Nullable Setting setting) throws ConfigException {
    try {
      return setting == null ? WHOLE_RANGE : VirtualRange.parse(setting.value());
    } catch (IllegalArgumentException e) {
      throw bad(setting, e);
    }
  }

  /** {@code null} for standard error. */
  static @Nullable Path logFile(@Nullable Setting setting) throws ConfigException {
    if (setting == null || setting.value().equals(STDERR)) {
      return null;
    }
    try {
      Path file = Path.of(setting.value()).toAbsolutePath();
      Path directory = file.getParent();
      if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(file)) {
        throw setting.bad("no file can be written there");
      }
      return file;
    } catch (InvalidPathException e) {
      throw bad(setting, e);
    }
  }

  private static Map<PeerName, PeerId> aliases(Setting setting, List<String> pairs)
      throws ConfigException {
    Map<PeerName, PeerId> aliases = new LinkedHashMap<>();
    for (String pair : pairs) {
      String text = pair.strip();
      boolean comment = setting.value().startsWith("@") && (text.isEmpty() || text.startsWith("#"));
      if (!comment) {
        addAlias(setting, text, aliases);
      }
    }
    return Map.copyOf(aliases);
  }

  private static void addAlias(Setting setting, String pair, Map<PeerName, PeerId> aliases)
      throws ConfigException {
    int equals = pair.indexOf('=');
    if (equals < 0) {
      throw setting.bad("\"" + pair + "\" is not <name>=<peer id>");
    }
    try {
      PeerName name = PeerName.parse(pair.substring(0, equals).strip());
      PeerId id = PeerId.parse(pair.substring(equals + 1).strip());
      if (aliases.put(name, id) != null) {
        throw setting.bad("the name " + name + " is given twice");
      }
    } catch (IllegalArgumentException e) {
      throw bad(setting, e);
    }
  }

  private static String choice(Setting setting, String... allowed) throws ConfigException {
    String value = setting.value().toLowerCase(Locale.ROOT);
    String near = null;
    for (String one : allowed) {
      if (one.equals(value)) {
        return one;
      }
      if (Suggestion.distance(one, value) == 1) {
        near = one;
      }
    }
    throw setting.bad(
        near == null
            ? "there is no such value"
            : "there is no such value, did you mean " + near + "?");
  }

  static ConfigException bad(Setting setting, IllegalArgumentException reason) {
    String text = reason.getMessage();
    return setting.bad(text == null ? "not understood" : text);
  }
}
