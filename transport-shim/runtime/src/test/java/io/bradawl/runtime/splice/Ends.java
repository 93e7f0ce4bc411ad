package io.bradawl.runtime.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.seal.Relaying;
import io.bradawl.protocol.seal.StreamOpener;
import io.bradawl.protocol.seal.StreamSealer;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The two ends of a connection as two applications hold them: plain, or through two splices with a
 * wire between them.
 *
 * @param outcomes how the splices ended, in the order in which they did
 */
record Ends(End left, End right, List<SpliceEnd> outcomes) implements AutoCloseable {

  static Ends plain() throws IOException {
    LoopbackPair pair = LoopbackPair.open();
    return new Ends(new End(pair.application()), new End(pair.own()), List.of());
  }

  static Ends spliced(SpliceLoops loops) throws IOException {
    return spliced(loops, loops);
  }

  /** As two processes would. */
  static Ends spliced(SpliceLoops leftLoops, SpliceLoops rightLoops) throws IOException {
    LoopbackPair wire = LoopbackPair.open();
    Side left = new Side(leftLoops, wire.application(), Relaying.DIRECT);
    return between(left, new Side(rightLoops, wire.own(), Relaying.DIRECT));
  }

  /** As if there were a relay between them, of which each knows what it knows. */
  static Ends relayed(SpliceLoops loops, Relaying left, Relaying right) throws IOException {
    LoopbackPair wire = LoopbackPair.open();
    return between(new Side(loops, wire.application(), left), new Side(loops, wire.own(), right));
  }

  /** Over wires of one's own, which may lead through a tamperer. */
  static Ends spliced(SpliceLoops loops, SocketChannel leftPeer, SocketChannel rightPeer)
      throws IOException {
    return between(
        new Side(loops, leftPeer, Relaying.DIRECT), new Side(loops, rightPeer, Relaying.DIRECT));
  }

  static Ends between(Side left, Side right) throws IOException {
    byte[] leftward = new byte[32];
    byte[] rightward = new byte[32];
    new SecureRandom().nextBytes(leftward);
    new SecureRandom().nextBytes(rightward);
    List<SpliceEnd> outcomes = new CopyOnWriteArrayList<>();
    End atLeft = new End(left.splice(rightward, leftward, "right", outcomes));
    End atRight = new End(right.splice(leftward, rightward, "left", outcomes));
    return new Ends(atLeft, atRight, outcomes);
  }

  /** What a splice is made of. */
  record Side(SpliceLoops loops, SocketChannel peer, Relaying relaying) {

    private SocketChannel splice(
        byte[] sending, byte[] receiving, String name, List<SpliceEnd> outcomes)
        throws IOException {
      peer.configureBlocking(false);
      StreamSealer sealer = new StreamSealer(Secret.copyOf(sending));
      StreamOpener opener = new StreamOpener(Secret.copyOf(receiving));
      return Splice.open(loops, peer, relaying, sealer, opener, name, outcomes::add);
    }
  }

  /** Waits until a splice has ended so, which it tells after the application has seen it. */
  void awaitOutcome(SpliceEnd expected) throws InterruptedException {
    long deadline = System.nanoTime() + End.PATIENCE_MILLIS * 1_000_000L;
    while (!outcomes.contains(expected)) {
      assertThat(System.nanoTime()).as("only " + outcomes).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  @Override
  public void close() throws IOException {
    left.close();
    right.close();
  }
}
