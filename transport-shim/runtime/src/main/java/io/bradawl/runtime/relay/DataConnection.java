package io.bradawl.runtime.relay;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.turn.client.ConnectionBinding;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.runtime.dial.FramedReader;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.splice.TlsTunnel;
import io.bradawl.runtime.turn.TurnServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A new connection to the relay that becomes one to a peer by ConnectionBind (RFC 6062 section
 * 4.3). On the driver loop.
 */
final class DataConnection {

  /** For all of it; the relay itself waits 30 s for the request. */
  private static final long PATIENCE = Duration.ofSeconds(8).toNanos();

  private static final int MAX_MESSAGE = 2048;

  private final SocketChannel channel;
  private final @Nullable InetAddress local;
  private final CompletableFuture<Void> whenOver;
  private final ConnectionBinding binding;
  private final boolean awaitsPeer;
  private final Outcome outcome;
  private final FramedReader reader = new FramedReader(MAX_MESSAGE);
  private final DriverLoop.Watch watch;
  private final DriverLoop.Timer timer;
  private boolean bound;
  private boolean over;

  /** How it ends; one method is called, once. */
  interface Outcome {
    /**
     * All that is said from now on goes to and fro the peer.
     *
     * @param channel non-blocking, in no selector
     * @param local this host's address on the way to the relay
     * @param over as {@link RelayedConnection#over}
     * @param first what the peer has said first, if that was to be awaited
     */
    void bound(
        SocketChannel channel,
        InetAddress local,
        CompletableFuture<Void> over,
        @Nullable Octets first);

    void failed(String why);
  }

  private DataConnection(
      DriverLoop loop,
      SocketChannel channel,
      @Nullable InetAddress local,
      CompletableFuture<Void> whenOver,
      ConnectionBinding binding,
      boolean awaitsPeer,
      Outcome outcome)
      throws IOException {
    this.channel = channel;
    this.local = local;
    this.whenOver = whenOver;
    this.binding = binding;
    this.awaitsPeer = awaitsPeer;
    this.outcome = outcome;
    this.watch = loop.watch(channel, SelectionKey.OP_CONNECT, this::ready);
    this.timer = loop.at(loop.now() + PATIENCE, () -> fail("the relay does not answer"));
  }

  /**
   * Connects to the server and says what is to be said.
   *
   * @param address the server's; {@code null} if only a proxy knows
   * @param awaitsPeer whether the peer's first message is to be read too: only that tells whom the
   *     connection is for
   */
  static void open(
      Surroundings with,
      TurnServer server,
      @Nullable InetAddress address,
      ConnectionBinding binding,
      boolean awaitsPeer,
      Outcome outcome) {
    Begun begun =
        (channel, local, over) -> begin(with, channel, local, over, binding, awaitsPeer, outcome);
    if (server.carrier() == TurnServer.Carrier.TLS) {
      Tunnelled tunnelled = new Tunnelled(with.loop(), begun, outcome);
      TlsTunnel.open(
          with.tunnels(), with.turn().dial(), server.host(), server.port(), address, tunnelled);
    } else if (address != null) {
      connect(new InetSocketAddress(address, server.port()), begun, outcome);
    } else {
      outcome.failed("the relay's address is not known");
    }
  }

  private static void connect(InetSocketAddress server, Begun begun, Outcome outcome) {
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.connect(server);
      begun.begin(channel, null, new CompletableFuture<>());
    } catch (IOException e) {
      outcome.failed(String.valueOf(e.getMessage()));
    }
  }

  private static void begin(
      Surroundings with,
      SocketChannel channel,
      @Nullable InetAddress local,
      CompletableFuture<Void> over,
      ConnectionBinding binding,
      boolean awaitsPeer,
      Outcome outcome) {
    try {
      DataConnection connection =
          new DataConnection(with.loop(), channel, local, over, binding, awaitsPeer, outcome);
      if (channel.isConnected()) { // then no selector will ever say so
        with.loop().execute(() -> connection.ready(SelectionKey.OP_CONNECT));
      }
    } catch (IOException e) {
      abort(channel);
      outcome.failed(e.toString());
    }
  }

  private void ready(int ops) {
    if (over) {
      return;
    }
    try {
      if ((ops & SelectionKey.OP_CONNECT) != 0 && channel.finishConnect()) {
        watch.interest(SelectionKey.OP_READ);
        ask();
      } else if ((ops & SelectionKey.OP_READ) != 0) {
        read();
      }
    } catch (IOException | WireFormatException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private void ask() throws IOException {
    ByteBuffer request = binding.request().asByteBuffer();
    channel.write(request);
    if (request.hasRemaining()) {
      throw new IOException("the send buffer is full");
    }
  }

  private void read() throws IOException, WireFormatException {
    Octets message;
    while (!over && (message = reader.read(channel)) != null) {
      if (bound) {
        done(message);
      } else {
        answered(message);
      }
    }
  }

  private void answered(Octets message) throws IOException, WireFormatException {
    if (binding.received(StunDecoder.decode(message.asByteBuffer()))) {
      ask();
    }
    if (binding.error() != null) {
      fail("the relay says " + binding.error());
    } else if (binding.isBound()) {
      bound = true;
      if (!awaitsPeer) {
        done(null);
      }
    }
  }

  private void done(@Nullable Octets first) {
    over = true;
    timer.cancel();
    watch.release(() -> bound(first));
  }

  private void bound(@Nullable Octets first) {
    try {
      InetSocketAddress own = (InetSocketAddress) channel.getLocalAddress();
      outcome.bound(channel, local != null ? local : own.getAddress(), whenOver, first);
    } catch (IOException e) {
      abort(channel);
      outcome.failed(String.valueOf(e.getMessage()));
    }
  }

  private void fail(String why) {
    if (!over) {
      over = true;
      timer.cancel();
      watch.release(() -> abort(channel));
      outcome.failed(why);
    }
  }

  /** A connection to the server, standing or not yet; {@code local} if it is a tunnel. */
  private interface Begun {
    void begin(SocketChannel channel, @Nullable InetAddress local, CompletableFuture<Void> over);
  }

  /** Brings the outcome of a tunnel onto the driver loop. */
  private record Tunnelled(DriverLoop loop, Begun begun, Outcome outcome)
      implements TlsTunnel.Outcome {

    @Override
    public void up(SocketChannel plain, InetAddress local, CompletableFuture<Void> over) {
      loop.execute(() -> begun.begin(plain, local, over));
    }

    @Override
    public void failed(String why) {
      loop.execute(() -> outcome.failed(why));
    }
  }

  /** Closes without waiting for anything. */
  static void abort(SocketChannel channel) {
    try (channel) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // The descriptor is released whatever close says.
    }
  }
}
