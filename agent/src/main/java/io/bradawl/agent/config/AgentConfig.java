package io.bradawl.agent.config;

import io.bradawl.agent.log.LogLevel;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.runtime.address.VirtualRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the user has set, complete and checked. {@link Key} says what each property means.
 *
 * @param reusePorts {@code null} for all ports
 * @param rendezvous in order of preference; empty for socket reuse only
 * @param tlsTrust {@code null} for the JVM's trust store
 * @param stun additional STUN servers, in order of preference
 * @param turn TURN servers that the user has named, or {@code null}
 * @param name what this process claims, or {@code null}
 * @param peers aliases of this process
 * @param suffix lower case, without dot at either end
 * @param logFile {@code null} for standard error
 * @param warnings what the user should be told, for the log
 */
public record AgentConfig(
    Reuse reuse,
    @Nullable PortSet reusePorts,
    List<RendezvousAddress> rendezvous,
    @Nullable Path tlsTrust,
    List<RendezvousAddress> stun,
    @Nullable TurnConfig turn,
    @Nullable PeerName name,
    Map<PeerName, PeerId> peers,
    String suffix,
    VirtualRange range,
    LogLevel logLevel,
    @Nullable Path logFile,
    SecurityConfig security,
    List<String> warnings) {

  /** This version, as messages say it. */
  public static final String VERSION = "0.1";

  /**
   * Reads all sources.
   *
   * @param arguments what stands after the {@code =} of {@code -javaagent}
   * @return {@code null} if {@code bradawl.enabled=false}, whatever else is set
   * @throws ConfigException on the first setting that is unknown, wrong or not available
   */
  public static @Nullable AgentConfig read(
      String arguments, Properties properties, Map<String, String> environment)
      throws ConfigException {
    Sources sources = Sources.read(arguments, properties, environment);
    try {
      return Values.enabled(sources.of(Key.ENABLED)) ? checked(sources) : null;
    } catch (ConfigException e) {
      throw e.exiting(exits(sources));
    }
  }

  private static AgentConfig checked(Sources sources) throws ConfigException {
    ConfigException problem = sources.problem();
    if (problem != null) {
      throw problem;
    }
    Values.exitsOnError(sources.of(Key.ONERROR));
    for (Setting setting : sources.all()) {
      if (!setting.key().isAvailable()) {
        throw setting.unavailable(VERSION);
      }
    }
    return new AgentConfig(
        Values.reuse(sources.of(Key.REUSE)),
        Values.ports(sources.of(Key.REUSE_PORTS)),
        Values.rendezvous(sources.of(Key.RENDEZVOUS)),
        Values.tlsTrust(sources.of(Key.TLS_TRUST)),
        Values.stun(sources.of(Key.STUN)),
        TurnValues.read(sources),
        Values.name(sources.of(Key.NAME), RealmSecretSource.isSet(sources)),
        Values.peers(sources.of(Key.PEERS)),
        Values.suffix(sources.of(Key.SUFFIX)),
        Values.range(sources.of(Key.RANGE)),
        Values.logLevel(sources.of(Key.LOG_LEVEL)),
        Values.logFile(sources.of(Key.LOG_FILE)),
        SecurityValues.read(sources),
        warnings(sources));
  }

  private static List<String> warnings(Sources sources) {
    String ofSecret = RealmSecretSource.warning(sources.of(Key.SECRET));
    return ofSecret == null ? List.of() : List.of(ofSecret);
  }

  /** What to do about an error; if that itself is the error, to exit is the safe side. */
  private static boolean exits(Sources sources) {
    try {
      return Values.exitsOnError(sources.of(Key.ONERROR));
    } catch (ConfigException e) {
      return true;
    }
  }
}
