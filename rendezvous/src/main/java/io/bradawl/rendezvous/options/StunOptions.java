package io.bradawl.rendezvous.options;

import io.bradawl.protocol.stun.Software;
import io.bradawl.rendezvous.net.ExternalAddresses;
import io.bradawl.rendezvous.stun.StunSettings;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What standard STUN clients get. */
@Command(optionListHeading = "%nSTUN:%n")
public final class StunOptions {

  @Option(
      names = "--alternate-address",
      paramLabel = "address:port",
      converter = ListenAddress.class,
      description = {
        "Another IP address of this machine and another port, by which clients find out how their NAT"
            + " behaves (RFC 5780); the first --listen of the same family must be a definite address."
      })
  private @Nullable InetSocketAddress alternate;

  @Option(
      names = "--software",
      paramLabel = "text",
      converter = StunText.class,
      description = "What to say of this server in answers to STUN clients; nothing otherwise.")
  private @Nullable String software;

  /**
   * @param external what clients are told of this machine's addresses
   */
  public StunSettings settings(ExternalAddresses external) {
    String text = software;
    return new StunSettings(alternate, text == null ? null : new Software(text), external);
  }
}
