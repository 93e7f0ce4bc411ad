package io.bradawl.runtime.tcp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.tcp.TcpPunch;
import io.bradawl.runtime.dial.FramedReader;
import io.bradawl.runtime.loop.DriverLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A connection to a listener from the host of a peer that is awaited, but from a port that the peer
 * has not told: the peer itself, whose NAT maps every destination anew, or somebody else behind the
 * same NAT who has business with the application. What it says first tells them apart; but octets
 * that have been read cannot be put back, and the JDK cannot look at them in the socket. It can
 * count them, though: a peer says exactly {@value Proof#FIRST_LENGTH} octets and waits. Whoever
 * says as many and proves nothing is reset; whoever says less or more, or nothing for a while, is
 * the application's guest.
 */
final class Newcomer {

  /** A peer's first words come with its connection; a guest of a silent kind waits so long. */
  private static final long PATIENCE = Duration.ofMillis(300).toNanos();

  /** Between looks at a connection that has begun to speak. */
  private static final long LOOK = Duration.ofMillis(10).toNanos();

  private final DriverLoop loop;
  private final ServedListener listener;
  private final SocketChannel channel;
  private final InetSocketAddress remote;
  private final long until;

  Newcomer(
      DriverLoop loop, ServedListener listener, SocketChannel channel, InetSocketAddress remote) {
    this.loop = loop;
    this.listener = listener;
    this.channel = channel;
    this.remote = remote;
    this.until = loop.now() + PATIENCE;
  }

  /** Finds out; {@code channel} is non-blocking and in no selector. */
  void hold() {
    try {
      int waiting = channel.socket().getInputStream().available();
      if (waiting < Proof.FIRST_LENGTH && loop.now() < until) {
        loop.at(loop.now() + LOOK, this::hold);
        return;
      }
      listener.decided();
      if (waiting == Proof.FIRST_LENGTH) {
        hear();
      } else {
        listener.guest(channel, remote);
      }
    } catch (IOException e) {
      listener.decided();
      PunchSockets.abort(channel);
    }
  }

  private void hear() {
    Octets first = null;
    try {
      first = new FramedReader(TcpPunch.MAX_MESSAGE_LENGTH).read(channel);
    } catch (IOException e) {
      // Reset meanwhile: nobody's.
    }
    listener.claimed(channel, first == null ? null : Proof.sessionOf(first.asByteBuffer()), first);
  }
}
