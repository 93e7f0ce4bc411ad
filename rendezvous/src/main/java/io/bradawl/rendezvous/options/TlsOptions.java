package io.bradawl.rendezvous.options;

import io.bradawl.rendezvous.server.TlsSettings;
import io.bradawl.rendezvous.tls.CertificateFiles;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** TLS, for networks that let nothing else out, and for standard clients that ask for it. */
@Command(optionListHeading = "%nTLS:%n")
public final class TlsOptions {

  @Option(
      names = "--tls-listen",
      paramLabel = "address:port",
      split = ",",
      converter = ListenAddress.Tls.class,
      description = {
        "Address for TLS over TCP; may be given several times. Agents try port 443 where they get"
            + " no answer otherwise; 5349 is the standard's."
      })
  private List<InetSocketAddress> listen = List.of();

  @Option(
      names = "--tls-certificate",
      paramLabel = "file",
      description =
          "Its certificate, with those that vouch for it, in PEM form; read again when it changes.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "file",
      description = "The key of the certificate, in PEM form and not encrypted.")
  private @Nullable Path key;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /**
   * {@code null} without TLS.
   *
   * @throws ParameterException if some of the three options are given and others are not
   */
  public @Nullable TlsSettings settings() {
    Path chain = certificate;
    Path secret = key;
    if (listen.isEmpty() && chain == null && secret == null) {
      return null;
    }
    if (listen.isEmpty() || chain == null || secret == null) {
      throw new ParameterException(
          command.commandLine(),
          "--tls-listen, --tls-certificate and --tls-key go together; "
              + (listen.isEmpty()
                  ? "--tls-listen"
                  : chain == null ? "--tls-certificate" : "--tls-key")
              + " is missing");
    }
    return new TlsSettings(listen, new CertificateFiles(chain, secret));
  }
}
