package io.bradawl.rendezvous.options;

import io.bradawl.rendezvous.net.ExternalAddresses;
import io.bradawl.rendezvous.turn.RelayAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the server is reached. */
@Command(optionListHeading = "%nListening:%n")
public final class ListenOptions {

  @Option(
      names = "--listen",
      paramLabel = "address:port",
      split = ",",
      converter = ListenAddress.class,
      defaultValue = "0.0.0.0:3478",
      description = "Address for both UDP and TCP; may be given several times.")
  private List<InetSocketAddress> listen = List.of();

  @Option(
      names = "--external-ip",
      paramLabel = "address/local",
      split = ",",
      converter = ExternalIp.class,
      description = {
        "Address under which others know a local one, behind a one-to-one NAT as in most clouds; may"
            + " be given several times. What clients are told of --listen, --alternate-address and"
            + " the relay follows from it."
      })
  private List<RelayAddress> external = List.of();

  /** At least one; port 0 stands for any that is free. */
  public List<InetSocketAddress> addresses() {
    return List.copyOf(listen);
  }

  /** Under which addresses others know this machine. */
  public ExternalAddresses external() {
    return new ExternalAddresses(
        external.stream()
            .collect(
                Collectors.toMap(RelayAddress::bound, RelayAddress::told, (one, other) -> other)));
  }
}
