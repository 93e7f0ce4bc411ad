package io.bradawl.runtime.signal;

import io.bradawl.runtime.dial.Attempt;
import io.bradawl.runtime.dial.Caller;
import io.bradawl.runtime.dial.Dial;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.loop.NettyDriverLoop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reaches one server by whatever gets through: plain TCP has a head start, then TLS is tried beside
 * it (as RFC 8305 does it with addresses), and the first connection that stands is taken. Where TLS
 * was needed before it is the other way round, and plain TCP is not waited for at length.
 */
final class ServerRace {

  /**
   * As long as the kernel waits before it repeats a SYN: the loss of the first one brings the
   * second runner about too, and need not decide.
   */
  static final Duration HEAD_START = Duration.ofSeconds(1);

  /** Of TLS: what swallowed plain TCP the last time probably still does. */
  private static final Duration TLS_HEAD_START = Duration.ofMillis(250);

  private final NettyDriverLoop loop;
  private final Dial dial;
  private final RendezvousServer server;
  private final @Nullable InetAddress address;
  private final Judge judge;
  private final Queue<Runner> waiting = new ArrayDeque<>();
  private final List<Attempt> running = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private DriverLoop.@Nullable Timer next;
  private boolean tlsFirst;
  private boolean over;

  /** Who is told; on the loop. */
  interface Judge {
    /** Adds what is spoken over a connection, whether it wins or not. */
    void equip(ChannelPipeline pipeline);

    /**
     * The connection stands.
     *
     * @param direct whether the remote address of the channel is the server's
     */
    void won(Channel channel, boolean tls, boolean direct);

    /** Nothing gets through. */
    void lost(String why);
  }

  /**
   * @param address which of the server's addresses; {@code null} for whichever its name has
   */
  ServerRace(
      NettyDriverLoop loop,
      Dial dial,
      RendezvousServer server,
      @Nullable InetAddress address,
      Judge judge) {
    this.loop = loop;
    this.dial = dial;
    this.server = server;
    this.address = address;
    this.judge = judge;
  }

  /**
   * Begins.
   *
   * @param tlsFirst gives TLS the head start, where plain TCP leads nowhere or did so last time
   */
  void start(boolean tlsFirst) {
    this.tlsFirst = tlsFirst;
    waiting.add(new Runner(true));
    if (!server.tlsOnly()) {
      waiting.add(new Runner(false));
    }
    if (!tlsFirst) {
      waiting.add(waiting.remove());
    }
    startNext();
  }

  /** Ends without a word. */
  void cancel() {
    over = true;
    running.forEach(Attempt::cancel);
    stopWaiting();
  }

  private void startNext() {
    stopWaiting();
    Runner runner = waiting.poll();
    if (over || runner == null) {
      return;
    }
    running.add(
        runner.tls
            ? dial.tls(loop, server.host(), address, server.tlsPort(), runner)
            : dial.plain(loop, server.host(), address, server.port(), runner));
    if (!waiting.isEmpty()) {
      Duration start = tlsFirst ? TLS_HEAD_START : HEAD_START;
      next = loop.at(loop.now() + start.toNanos(), this::startNext);
    }
  }

  private void stopWaiting() {
    if (next != null) {
      next.cancel();
      next = null;
    }
  }

  /** One way to the server. */
  private final class Runner implements Caller {

    private final boolean tls;

    Runner(boolean tls) {
      this.tls = tls;
    }

    @Override
    public void equip(ChannelPipeline pipeline) {
      judge.equip(pipeline);
    }

    @Override
    public void up(Channel channel, boolean direct) {
      if (over) {
        channel.close();
        return;
      }
      cancel();
      judge.won(channel, tls, direct);
    }

    @Override
    public void failed(String why) {
      boolean named = tls && !server.tlsOnly();
      troubles.add(named ? "TLS on port " + server.tlsPort() + ": " + why : why);
      startNext();
      if (troubles.size() == running.size()) {
        lose();
      } else if (tls && tlsFirst) {
        next = loop.at(loop.now() + HEAD_START.toNanos(), this::giveUpPlain);
      }
    }

    private void giveUpPlain() {
      troubles.add("no answer on port " + server.port());
      lose();
    }

    private void lose() {
      cancel();
      judge.lost(String.join("; ", troubles));
    }
  }
}
