package io.bradawl.rendezvous.cluster;

import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two connections to Redis, one to ask and one to listen. Safe from any thread; nothing waits.
 * While a connection is down everything fails at once, and it is made anew for as long as it takes.
 */
final class Redis implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("rendezvous");

  /** Without an answer for so long it is not worth waiting for: peers ask again. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** Questions that wait for their answer; further ones fail. */
  private static final int MOST_OPEN = 20_000;

  private final RedisURI where;
  private final byte[] channel;
  private final Consumer<byte[]> received;
  private final Telemetry telemetry;
  private final ClientResources resources;
  private final RedisClient client;
  private volatile @Nullable StatefulRedisConnection<byte[], byte[]> asking;
  private volatile @Nullable StatefulRedisPubSubConnection<byte[], byte[]> listening;
  private volatile boolean complained;
  private volatile boolean closed;

  /**
   * Begins to connect.
   *
   * @param channel to listen to
   * @param received gets what comes there, on a thread of its own
   * @param telemetry is told of what fails
   */
  Redis(ClusterSettings settings, byte[] channel, Consumer<byte[]> received, Telemetry telemetry) {
    this.where = settings.redis();
    this.channel = channel;
    this.received = received;
    this.telemetry = telemetry;
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(
                Delay.fullJitter(Duration.ofMillis(50), LONGEST_PAUSE, 50, TimeUnit.MILLISECONDS))
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(options(settings.trust()));
    connect();
  }

  /**
   * @param trust PEM file of authorities; {@code null} for those that the JVM believes
   */
  private static ClientOptions options(@Nullable Path trust) {
    SslOptions.Builder tls = SslOptions.builder().jdkSslProvider();
    return ClientOptions.builder()
        .sslOptions((trust == null ? tls : tls.trustManager(trust.toFile())).build())
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(MOST_OPEN)
        .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(PATIENCE)
                .keepAlive(true)
                .tcpNoDelay(true)
                .build())
        .build();
  }

  /** Runs a script; fails if Redis cannot be asked or does not answer in time. */
  CompletionStage<List<byte[]>> run(Script script, byte[][] keys, byte[]... arguments) {
    return commands(
        redis ->
            redis
                .<List<byte[]>>evalsha(script.digest(), ScriptOutputType.MULTI, keys, arguments)
                .toCompletableFuture()
                .exceptionallyCompose(
                    problem ->
                        isUnknownScript(problem)
                            ? redis.eval(script.text(), ScriptOutputType.MULTI, keys, arguments)
                            : CompletableFuture.failedFuture(problem)));
  }

  /** Completes with the number of those that listen to {@code to}. */
  CompletionStage<Long> publish(byte[] to, byte[] message) {
    return commands(redis -> redis.publish(to, message));
  }

  private <T> CompletionStage<T> commands(Question<T> question) {
    return ask(question)
        .whenComplete(
            (answer, problem) -> {
              if (problem != null && !closed) {
                telemetry.count(Measure.REDIS_FAILURES);
              }
            });
  }

  /** How to reach Redis is asked anew each time: connections come and go. */
  private <T> CompletionStage<T> ask(Question<T> question) {
    StatefulRedisConnection<byte[], byte[]> connection = asking;
    if (connection == null) {
      return CompletableFuture.failedFuture(new RedisException("not connected"));
    }
    try {
      return question.ask(connection.async());
    } catch (RedisException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static boolean isUnknownScript(Throwable problem) {
    return problem instanceof RedisNoScriptException
        || problem instanceof CompletionException
            && problem.getCause() instanceof RedisNoScriptException;
  }

  private void connect() {
    if (closed) {
      return;
    }
    client
        .connectPubSubAsync(ByteArrayCodec.INSTANCE, where)
        .thenCompose(this::listen)
        .thenCompose(heard -> client.connectAsync(ByteArrayCodec.INSTANCE, where))
        .whenComplete(
            (connection, problem) -> {
              if (connection != null) {
                asking = connection;
              } else {
                failed(problem);
              }
            });
  }

  private CompletionStage<Void> listen(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
    StatefulRedisPubSubConnection<byte[], byte[]> earlier = listening;
    listening = connection;
    if (earlier != null) {
      earlier.closeAsync();
    }
    connection.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(byte[] from, byte[] message) {
            received.accept(message);
          }
        });
    return connection.async().subscribe(channel);
  }

  private void failed(@Nullable Throwable problem) {
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    if (!complained && !closed) {
      complained = true;
      LOG.error(
          "Redis at {}:{} cannot be reached, so this node is alone; trying again: {}",
          where.getHost(),
          where.getPort(),
          text(cause));
    }
    resources
        .eventExecutorGroup()
        .schedule(this::connect, LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String text(@Nullable Throwable problem) {
    Throwable root = problem;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root == null ? null : root.getMessage());
  }

  @Override
  public void close() {
    closed = true;
    client.shutdown(Duration.ZERO, PATIENCE);
    resources.shutdown(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }

  private interface Question<T> {
    CompletionStage<T> ask(RedisAsyncCommands<byte[], byte[]> redis);
  }
}
