package io.bradawl.it.conformance;

import io.bradawl.it.lab.Host;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.probe.Vantage.Attempt;
import io.bradawl.protocol.sim.probe.Vantage.Connections;
import io.bradawl.protocol.sim.probe.Vantage.Reaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One TCP port of a host of the laboratory. */
final class RealConnections implements Connections {

  private static final long LOOK_EVERY = Duration.ofMillis(2).toNanos();

  private final Host host;
  private final int port;
  private final Deque<NetworkChannel> open = new ArrayDeque<>();
  private @Nullable ServerSocketChannel listener;

  RealConnections(Host host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public void listen() {
    ServerSocketChannel channel =
        host.open(() -> ServerSocketChannel.open(StandardProtocolFamily.INET));
    try {
      reuse(channel);
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(port));
      listener = channel;
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port, e);
    }
  }

  @Override
  public Attempt connect(TransportAddress remote) {
    SocketChannel channel = host.open(() -> SocketChannel.open(StandardProtocolFamily.INET));
    try {
      reuse(channel);
      channel.bind(new InetSocketAddress(port));
      channel.configureBlocking(false);
      channel.connect(RealVantage.address(remote));
      return new Try(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("from port " + port + " to " + remote, e);
    }
  }

  private void reuse(NetworkChannel channel) throws IOException {
    open.push(channel);
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
  }

  @Override
  public @Nullable TransportAddress accept(Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    try {
      while (true) {
        SocketChannel accepted = listener == null ? null : listener.accept();
        if (accepted != null) {
          open.push(accepted);
          InetSocketAddress from = (InetSocketAddress) accepted.getRemoteAddress();
          return new TransportAddress(from.getAddress(), from.getPort());
        }
        if (System.nanoTime() > deadline) {
          return null;
        }
        LockSupport.parkNanos(LOOK_EVERY);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port, e);
    }
  }

  @Override
  public void close() {
    for (NetworkChannel channel : open) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException("port " + port, e);
      }
    }
  }

  private static final class Try implements Attempt {

    private final SocketChannel channel;
    private @Nullable Reaction reaction;

    Try(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public Reaction await(Duration wait) {
      long deadline = System.nanoTime() + wait.toNanos();
      while (reaction == null && System.nanoTime() < deadline) {
        reaction = look();
        LockSupport.parkNanos(LOOK_EVERY);
      }
      return reaction == null ? Reaction.SILENCE : reaction;
    }

    private @Nullable Reaction look() {
      try {
        return channel.finishConnect() ? Reaction.CONNECTED : null;
      } catch (NoRouteToHostException e) {
        return Reaction.PROHIBITED;
      } catch (ConnectException e) {
        return Reaction.REFUSED;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
