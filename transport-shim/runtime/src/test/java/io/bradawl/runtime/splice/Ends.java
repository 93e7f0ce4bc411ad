package io.bradawl.runtime.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.crypto.Secret;
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
    return spliced(leftLoops, wire.application(), rightLoops, wire.own());
  }

  /** Over wires of one's own, which may lead through a tamperer. */
  static Ends spliced(SpliceLoops loops, SocketChannel leftPeer, SocketChannel rightPeer)
      throws IOException {
    return spliced(loops, leftPeer, loops, rightPeer);
  }

  private static Ends spliced(
      SpliceLoops leftLoops,
      SocketChannel leftPeer,
      SpliceLoops rightLoops,
      SocketChannel rightPeer)
      throws IOException {
    byte[] leftward = new byte[32];
    byte[] rightward = new byte[32];
    new SecureRandom().nextBytes(leftward);
    new SecureRandom().nextBytes(rightward);
    List<SpliceEnd> outcomes = new CopyOnWriteArrayList<>();
    End left = new End(splice(leftLoops, leftPeer, rightward, leftward, "right", outcomes));
    End right = new End(splice(rightLoops, rightPeer, leftward, rightward, "left", outcomes));
    return new Ends(left, right, outcomes);
  }

  private static SocketChannel splice(
      SpliceLoops loops,
      SocketChannel peer,
      byte[] sending,
      byte[] receiving,
      String name,
      List<SpliceEnd> outcomes)
      throws IOException {
    peer.configureBlocking(false);
    StreamSealer sealer = new StreamSealer(Secret.copyOf(sending));
    StreamOpener opener = new StreamOpener(Secret.copyOf(receiving));
    return Splice.open(loops, peer, false, sealer, opener, name, outcomes::add);
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
