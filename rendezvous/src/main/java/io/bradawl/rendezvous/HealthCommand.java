package io.bradawl.rendezvous;

import io.bradawl.rendezvous.options.ConfigOptions;
import io.bradawl.rendezvous.options.HttpOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URL;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks a server on this machine how it is, for container images that have no other client. */
@Command(
    name = "health",
    description = "Ask the server on this machine how it is: exit code 0 if well, 1 if not.",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true)
final class HealthCommand implements Callable<Integer> {

  private static final int NOT_WELL = 1;
  private static final int PATIENCE_MILLIS = 8000;

  @Mixin private HttpOptions http = new HttpOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(names = "--ready", description = "Ask whether it takes peers (/readyz), not /healthz.")
  private boolean ready;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    InetSocketAddress address = http.address();
    if (address == null) {
      throw new ParameterException(
          spec.commandLine(), "--http is not set; the server answers only where it is told to");
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      int status = ask(address);
      out.println(status == HttpURLConnection.HTTP_OK ? "well" : "not well: status " + status);
      return status == HttpURLConnection.HTTP_OK ? 0 : NOT_WELL;
    } catch (IOException e) {
      out.println("not well: " + e.getMessage());
      return NOT_WELL;
    }
  }

  private int ask(InetSocketAddress address) throws IOException {
    InetAddress ip = address.getAddress();
    String host = ip.isAnyLocalAddress() ? "localhost" : ip.getHostAddress();
    URL url = new URL("http", host, address.getPort(), ready ? "/readyz" : "/healthz");
    HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
