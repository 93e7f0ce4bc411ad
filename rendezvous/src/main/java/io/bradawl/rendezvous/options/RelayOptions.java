package io.bradawl.rendezvous.options;

import io.bradawl.protocol.turn.AddressRange;
import io.bradawl.protocol.turn.TurnLimits;
import io.bradawl.rendezvous.net.ExternalAddresses;
import io.bradawl.rendezvous.turn.RelayAccess;
import io.bradawl.rendezvous.turn.RelayAddress;
import io.bradawl.rendezvous.turn.RelayQuotas;
import io.bradawl.rendezvous.turn.RelaySettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The relay of last resort. */
@Command(optionListHeading = "%nRelay (TURN):%n")
public final class RelayOptions {

  private static final long BITS_PER_BYTE = 8;
  private static final long KILO = 1000;

  @Option(
      names = "--relay",
      paramLabel = "on|off",
      defaultValue = "on",
      description = "Whether to relay. Only registered peers and users of --users-file may use it.")
  private OnOff relay = OnOff.on;

  @Option(
      names = "--relay-ip",
      paramLabel = "address[/local]",
      split = ",",
      converter = RelayIp.class,
      description = {
        "Address that peers are told, and the local one to bind where they differ (one-to-one NAT);"
            + " one of each family. Without: the first --listen address, or the first address of"
            + " this machine."
      })
  private @Nullable List<RelayAddress> addresses;

  @Option(
      names = "--relay-ports",
      paramLabel = "first-last",
      converter = PortRange.Reader.class,
      defaultValue = "49152-65535",
      description = "Ports that are given to allocations.")
  private PortRange ports = new PortRange(RelaySettings.FIRST_PORT, RelaySettings.LAST_PORT);

  @Option(
      names = "--relay-allow",
      paramLabel = "range",
      split = ",",
      converter = RangeReader.class,
      description = {
        "Let clients reach these addresses too, for example 10.0.0.0/8. Otherwise only public ones"
            + " are allowed, and none of this machine: those must be named one by one."
      })
  private @Nullable List<AddressRange> allowed;

  @Option(
      names = "--relay-deny",
      paramLabel = "range",
      split = ",",
      converter = RangeReader.class,
      description = "Never let clients reach these addresses.")
  private @Nullable List<AddressRange> denied;

  @Option(
      names = "--turn-realm",
      paramLabel = "name",
      converter = StunText.class,
      defaultValue = "bradawl",
      description = "What TURN clients are told to have credentials for. Short: refusals carry it.")
  private String realm = "bradawl";

  @Option(
      names = "--turn-secret-file",
      paramLabel = "file",
      description = {
        "Secret of time-limited credentials (coturn's static-auth-secret). All servers of a cluster"
            + " need the same. Without: drawn at each start."
      })
  private @Nullable Path secret;

  @Option(
      names = "--credential-seconds",
      paramLabel = "seconds",
      converter = AtLeast.Twenty.class,
      defaultValue = "86400",
      description = {
        "How long the credentials that registered peers are given are good. While a peer is"
            + " registered it gets newer ones, so relayed paths outlive them; twice --silence or"
            + " more."
      })
  private int credentialSeconds;

  @Option(
      names = "--users-file",
      paramLabel = "file",
      description = "Users beside registered peers, one name:password a line.")
  private @Nullable Path users;

  @Option(
      names = "--max-allocations",
      paramLabel = "number",
      converter = AtLeast.One.class,
      defaultValue = "100000",
      description = "Relayed addresses in use at once.")
  private int allocations;

  @Option(
      names = "--max-allocations-per-user",
      paramLabel = "number",
      converter = AtLeast.One.class,
      defaultValue = "128",
      description = "Of these, of one user or peer id.")
  private int allocationsPerUser;

  @Option(
      names = "--max-allocations-per-source",
      paramLabel = "number",
      converter = AtLeast.One.class,
      defaultValue = "4000",
      description = "Of these, from one IPv4 address or one IPv6 network of 64 bits.")
  private int allocationsPerSource;

  @Option(
      names = "--max-relay-rate",
      paramLabel = "kbit/s",
      converter = AtLeast.Zero.class,
      defaultValue = "0",
      description = "Relayed payload of all together; 0 for no limit.")
  private int rate;

  @Option(
      names = "--max-relay-rate-per-user",
      paramLabel = "kbit/s",
      converter = AtLeast.Zero.class,
      defaultValue = "0",
      description = "Relayed payload of one user or peer id; 0 for no limit.")
  private int ratePerUser;

  /**
   * What the relay is to do; {@code null} if there is to be none.
   *
   * @param listen where the server listens
   * @param external what peers are told of this machine's addresses unless {@code --relay-ip} says
   * @throws IOException if a file cannot be read; the message names it
   */
  public @Nullable RelaySettings settings(
      List<InetSocketAddress> listen, ExternalAddresses external) throws IOException {
    if (relay == OnOff.off) {
      return null;
    }
    return new RelaySettings(
        addresses == null ? RelayAddress.defaults(listen, external) : told(addresses),
        ports.first(),
        ports.last(),
        RelayAccess.open(realm, secret, users, Duration.ofSeconds(credentialSeconds)),
        TurnLimits.DEFAULT,
        new RelayQuotas(
            allocations,
            allocationsPerUser,
            allocationsPerSource,
            rate * KILO / BITS_PER_BYTE,
            ratePerUser * KILO / BITS_PER_BYTE),
        allowed == null ? List.of() : allowed,
        denied == null ? List.of() : denied);
  }

  /** Each allocation would fail later on, if one of them is not there. */
  private static List<RelayAddress> told(List<RelayAddress> addresses) throws IOException {
    for (RelayAddress address : addresses) {
      if (!address.isHere()) {
        throw new IOException(
            "--relay-ip "
                + address
                + ": this machine has no address "
                + address.bound().getHostAddress()
                + "; name one that it has, after a slash if others know it by another");
      }
    }
    return addresses;
  }
}
