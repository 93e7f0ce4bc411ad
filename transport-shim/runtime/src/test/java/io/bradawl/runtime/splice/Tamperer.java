package io.bradawl.runtime.splice;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Somebody on the way between two splices: holds the far ends of both wires and passes on what it
 * likes, as it likes.
 */
final class Tamperer implements AutoCloseable {

  private final SocketChannel leftWire;
  private final SocketChannel rightWire;
  private final Ends ends;

  private Tamperer(SocketChannel leftWire, SocketChannel rightWire, Ends ends) {
    this.leftWire = leftWire;
    this.rightWire = rightWire;
    this.ends = ends;
  }

  static Tamperer between(SpliceLoops loops) throws IOException {
    LoopbackPair left = LoopbackPair.open();
    LoopbackPair right = LoopbackPair.open();
    Ends ends = Ends.spliced(loops, left.application(), right.application());
    return new Tamperer(left.own(), right.own(), ends);
  }

  Ends ends() {
    return ends;
  }

  /** What the left end's splice sends next, exactly so many octets. */
  byte[] take(int octets) throws IOException {
    ByteBuffer taken = ByteBuffer.allocate(octets);
    while (taken.hasRemaining()) {
      if (leftWire.read(taken) < 0) {
        throw new IOException("only " + taken.position() + " of " + octets + " octets came");
      }
    }
    return taken.array();
  }

  /** To the right end's splice. */
  void pass(byte[] octets) throws IOException {
    write(rightWire, octets);
  }

  /** To the left end's splice. */
  void passBack(byte[] octets) throws IOException {
    write(leftWire, octets);
  }

  private static void write(SocketChannel wire, byte[] octets) throws IOException {
    ByteBuffer passed = ByteBuffer.wrap(octets);
    while (passed.hasRemaining()) {
      wire.write(passed);
    }
  }

  /** Sends a FIN to the right, which anybody on the way can. */
  void endRight() throws IOException {
    rightWire.shutdownOutput();
  }

  /** Sends a RST to the right, which anybody on the way can. */
  void resetRight() throws IOException {
    rightWire.setOption(StandardSocketOptions.SO_LINGER, 0);
    rightWire.close();
  }

  @Override
  public void close() throws IOException {
    leftWire.close();
    rightWire.close();
    ends.close();
  }
}
