package io.bradawl.rendezvous.options;

import java.net.InetSocketAddress;
import java.util.List;
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

  /** At least one; port 0 stands for any that is free. */
  public List<InetSocketAddress> addresses() {
    return List.copyOf(listen);
  }
}
