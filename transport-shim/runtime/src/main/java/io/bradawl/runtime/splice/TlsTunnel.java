package io.bradawl.runtime.splice;

import io.bradawl.runtime.dial.Caller;
import io.bradawl.runtime.dial.Dial;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a TLS connection to a server look like a plain one: whoever wants it gets the end of a
 * loopback pair, so that all that works on sockets works on it. Half-close, reset and back-pressure
 * travel through: the end of either direction becomes a close_notify (RFC 8446 section 6.1) or a
 * FIN, and a connection that ends without close_notify is a reset.
 */
public final class TlsTunnel implements Caller {

  /** Nothing moved for so long: nothing is on its way any more. */
  private static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final SpliceLoops loops;
  private final SpliceLoop loop;
  private final Outcome outcome;
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private @Nullable Channel far;
  private @Nullable Channel near;
  private java.nio.channels.@Nullable SocketChannel probed;
  private boolean nearEnded;
  private boolean farEnded;
  private boolean moved;
  private int underway;
  private boolean left;

  /** Who wants the connection. Called on a thread of the tunnel's. */
  public interface Outcome {
    /**
     * There is a connection.
     *
     * @param plain connected, non-blocking, in no selector
     * @param local this host's address on the way to the server
     * @param over completes when the connection is no more
     */
    void up(java.nio.channels.SocketChannel plain, InetAddress local, CompletableFuture<Void> over);

    void failed(String why);
  }

  private TlsTunnel(SpliceLoops loops, Outcome outcome) {
    this.loops = loops;
    this.loop = loops.enter();
    this.outcome = outcome;
  }

  /**
   * Connects. From any thread.
   *
   * @param host whom the certificate must be for
   * @param address where that is, if it must be this one; {@code null} to look it up
   */
  public static void open(
      SpliceLoops loops,
      Dial dial,
      String host,
      int port,
      @Nullable InetAddress address,
      Outcome outcome) {
    TlsTunnel tunnel = new TlsTunnel(loops, outcome);
    dial.tls(tunnel.loop.driver(), host, address, port, tunnel);
  }

  @Override
  public void equip(ChannelPipeline pipeline) {
    pipeline.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  @Override
  public void up(Channel connected, boolean direct) {
    far = connected;
    connected.config().setAutoRead(false);
    InetSocketAddress local = (InetSocketAddress) connected.localAddress();
    if (local == null || !connected.isActive()) {
      connected.close();
      failed("the connection ended as soon as it stood");
      return;
    }
    try {
      join(connected, local.getAddress(), pair());
    } catch (IOException e) {
      connected.close();
      failed("no loopback connection: " + e.getMessage());
    }
  }

  private static LoopbackPair pair() throws IOException {
    LoopbackPair pair = LoopbackPair.open();
    try {
      pair.application().configureBlocking(false);
      return pair;
    } catch (IOException e) {
      pair.close();
      throw e;
    }
  }

  private void join(Channel tls, InetAddress local, LoopbackPair pair) {
    NioSocketChannel own = new NioSocketChannel(pair.own());
    near = own;
    probed = pair.own();
    loop.probe().know(pair.own(), this::reset);
    own.config().setAutoRead(false).setAllowHalfClosure(true).setTcpNoDelay(true);
    own.pipeline().addLast(new Near());
    tls.pipeline().addLast(new Far());
    loop.tunnels().add(this);
    loop.driver()
        .eventLoop()
        .register(own)
        .addListener(
            registered -> {
              own.read();
              tls.read();
              outcome.up(pair.application(), local, over);
            });
  }

  @Override
  public void failed(String why) {
    leave();
    outcome.failed(why);
  }

  private ChannelFuture pass(Object octets, Channel from, Channel to) {
    moved = true;
    underway++;
    return to.writeAndFlush(octets)
        .addListener(
            written -> {
              underway--;
              if (written.isSuccess()) {
                from.read();
              } else {
                reset();
              }
            });
  }

  /** Whether the near end is not read now, so that nobody would see its reset. */
  private void probeNear(boolean unread) {
    if (probed != null) {
      loop.probe().suspect(probed, unread);
    }
  }

  private void closeIfDone() {
    if (nearEnded && farEnded) {
      closeBoth();
    }
  }

  private void closeBoth() {
    if (far != null) {
      far.close();
    }
    if (near != null) {
      near.close();
    }
    leave();
  }

  /** What one end tells by a reset, the other is to learn by one; so no close_notify. */
  private void reset() {
    if (left) {
      return;
    }
    leave();
    if (near != null) {
      endWithReset(near);
      near.close();
    }
    if (far != null) {
      endWithReset(far);
      ChannelHandlerContext tls = far.pipeline().context(SslHandler.class);
      if (tls != null) {
        tls.close();
      }
    }
  }

  /** The one that has ended is closed already, perhaps, and takes no options any more. */
  private static void endWithReset(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
  }

  private void leave() {
    if (!left) {
      left = true;
      if (probed != null) {
        loop.probe().forget(probed);
      }
      loop.tunnels().remove(this);
      loops.leave(loop);
      settled.complete(null);
      over.complete(null);
    }
  }

  /** Completes when what has come in has been passed on. On the loop. */
  CompletableFuture<Void> settle() {
    moved = false;
    loop.driver()
        .at(
            loop.driver().now() + SETTLED_NANOS,
            () -> {
              if (moved || underway > 0) {
                settle();
              } else {
                settled.complete(null);
              }
            });
    return settled;
  }

  /** The application's side. */
  private final class Near extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object octets) {
      if (far != null) {
        ChannelFuture passing = pass(octets, context.channel(), far);
        if (!passing.isDone()) {
          probeNear(true);
          passing.addListener(written -> probeNear(nearEnded));
        }
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent && !nearEnded && far != null) {
        nearEnded = true;
        probeNear(true);
        far.pipeline().get(SslHandler.class).closeOutbound();
        closeIfDone();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      reset();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
      reset();
    }
  }

  /** The server's side. */
  private final class Far extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object octets) {
      if (near != null) {
        pass(octets, context.channel(), near);
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslCloseCompletionEvent close && close.isSuccess()) {
        end();
      } else if (event instanceof ChannelInputShutdownEvent && !farEnded) {
        reset();
      }
    }

    private void end() {
      if (!farEnded && near instanceof SocketChannel own) {
        farEnded = true;
        own.shutdownOutput();
        closeIfDone();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      reset();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
      reset();
    }
  }
}
