package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.realm.AccessVerifier;
import io.bradawl.protocol.signal.PathCounts;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.rendezvous.directory.Outlet;
import io.bradawl.rendezvous.directory.Registration;
import io.bradawl.rendezvous.net.StunFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A TCP connection, as the router sees it. Equal only to itself. */
final class PeerConnection implements Outlet {

  private final Channel channel;
  private @Nullable AccessVerifier verifier;
  private final long since = System.nanoTime();
  private long lastSpoken = since;
  private int seat;
  private @Nullable Registration<PeerConnection> moved;
  private PathCounts paths = PathCounts.NONE;

  PeerConnection(Channel channel) {
    this.channel = channel;
  }

  /** Where it comes from. */
  TransportAddress address() {
    return StunFrames.address((InetSocketAddress) channel.remoteAddress());
  }

  /** Of the challenge that waits for its proof, or {@code null}. */
  @Nullable AccessVerifier verifier() {
    return verifier;
  }

  void verifier(@Nullable AccessVerifier now) {
    verifier = now;
  }

  /** For how long it has been open. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /** A whole message has come, at {@code now} (nanoseconds). */
  void spoke(long now) {
    lastSpoken = now;
  }

  boolean hasSpoken() {
    return lastSpoken != since;
  }

  /** For how long nothing has come: nanoseconds. */
  long silence(long now) {
    return now - lastSpoken;
  }

  /** Its place with the {@link SilenceWatch}. */
  int seat() {
    return seat;
  }

  void seat(int now) {
    seat = now;
  }

  /** Which paths the peer has reported last. */
  PathCounts paths() {
    return paths;
  }

  void paths(PathCounts now) {
    paths = now;
  }

  /**
   * What was registered over this connection, if the process has registered at another node since
   * and will leave soon.
   */
  @Nullable Registration<PeerConnection> moved() {
    return moved;
  }

  /** The process has registered at another node. What it has under way here may come to its end. */
  void moved(Registration<PeerConnection> from, Duration patience) {
    moved = from;
    channel
        .eventLoop()
        .schedule(
            () -> close("registered at another node"), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Wipes what a proof would have been verified with. */
  void left() {
    if (verifier != null) {
      verifier.close();
    }
  }

  /**
   * Sends an indication. Nobody awaits an answer to it, so its transaction id need not be
   * unguessable.
   */
  @Override
  public boolean send(Signal.Indication indication) {
    StunMessage message =
        SignalCodec.encode(indication, TransactionId.draw(ThreadLocalRandom.current()));
    return write(StunFrames.encode(message));
  }

  /** Asks the peer to register elsewhere. */
  void ask(Signal.Move move) {
    if (channel.isOpen()) {
      write(
          StunFrames.encode(
              SignalCodec.encode(move, TransactionId.draw(ThreadLocalRandom.current()))));
    }
  }

  /** Writes a message unless too much waits already: a peer that does not read costs no memory. */
  boolean write(ByteBuf frame) {
    if (!channel.isWritable()) {
      frame.release();
      close("does not read what is sent to it");
      return false;
    }
    channel.writeAndFlush(frame, channel.voidPromise());
    return true;
  }

  void close(String reason) {
    Closing.close(channel, reason);
  }
}
