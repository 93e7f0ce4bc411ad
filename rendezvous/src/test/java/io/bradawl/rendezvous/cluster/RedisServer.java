package io.bradawl.rendezvous.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A real Redis of its own, on loopback, that keeps nothing on disk. */
public final class RedisServer implements AutoCloseable {

  /**
   * Ports that the kernel gives to nobody, so that none is taken by a connection, not even while a
   * server is started anew.
   */
  private static final int FIRST_PORT = 20_000;

  private static final int LAST_PORT = 32_000;
  private static final String USER = "bradawl";
  private static final String PASSWORD = "se/cr:et";

  private final int port;
  private final @Nullable Path certificate;
  private Process process;

  private RedisServer(int port, @Nullable Path certificate) {
    this.port = port;
    this.certificate = certificate;
  }

  /** Starts one. It must be installed (Debian: redis-server); without it the test fails. */
  public static RedisServer start() throws Exception {
    return start(null);
  }

  /** Starts one that speaks TLS only, as what {@code folder} holds: chain.pem and key.pem. */
  public static RedisServer startSecured(Path folder) throws Exception {
    return start(folder);
  }

  /** On the first port that is not taken. */
  private static RedisServer start(@Nullable Path certificate) throws Exception {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT + 1);
      RedisServer server = new RedisServer(port, certificate);
      String refusal = server.launch();
      if (refusal == null) {
        return server;
      }
      assertThat(refusal).contains("Address already in use");
    }
  }

  /** Ends it without a chance to say so, and starts another one that knows nothing. */
  public void restart() throws Exception {
    kill();
    assertThat(launch()).isNull();
  }

  /** Returns what it has said if it does not start; {@code null} once it listens. */
  private @Nullable String launch() throws Exception {
    process = new ProcessBuilder("redis-server", "-").redirectErrorStream(true).start();
    try (Writer configuration = process.outputWriter()) {
      configuration.write("bind 127.0.0.1 127.0.0.2\nsave \"\"\n" + listening());
      configuration.write("requirepass of-the-administrator\n");
      configuration.write("user " + USER + " on >" + PASSWORD + " " + rightsFromTheManual());
    }
    // The few lines that it says later fit the pipe.
    BufferedReader log = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.contains("Ready to accept connections")) {
        return null;
      }
      said.append(line).append('\n');
    }
    return said.toString();
  }

  private String listening() {
    return certificate == null
        ? "port " + port + "\n"
        : """
          port 0
          tls-port %d
          tls-cert-file %s
          tls-key-file %s
          tls-auth-clients no
          """
            .formatted(port, certificate.resolve("chain.pem"), certificate.resolve("key.pem"));
  }

  /** What docs/operation.md tells operators to allow. */
  private static String rightsFromTheManual() throws IOException {
    String manual = Files.readString(Path.of("../docs/operation.md"));
    Matcher rights = Pattern.compile("A user for it needs\\s+`([^`]+)`").matcher(manual);
    if (!rights.find()) {
      throw new AssertionError("docs/operation.md does not say which rights a user needs");
    }
    return rights.group(1);
  }

  /** Ends it without a chance to say so. */
  public void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Stops answering, as a machine does that hangs. */
  public void freeze() throws Exception {
    signal("STOP");
  }

  public void thaw() throws Exception {
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  public ClusterSettings settings() {
    return settings("127.0.0.1");
  }

  /** By another name. */
  public ClusterSettings settings(String host) {
    return ClusterSettings.of(RedisURI.create(url(host)));
  }

  /** As operators write it. */
  public String url() {
    return url("127.0.0.1");
  }

  private String url(String host) {
    String scheme = certificate == null ? "redis" : "rediss";
    return scheme + "://" + USER + ":se%2Fcr%3Aet@" + host + ":" + port + "/1";
  }

  /** A connection of whoever can write there too. */
  public StatefulRedisConnection<byte[], byte[]> stranger(RedisClient client) {
    return client.connect(ByteArrayCodec.INSTANCE, settings().redis());
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
