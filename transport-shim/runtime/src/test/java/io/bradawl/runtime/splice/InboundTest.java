package io.bradawl.runtime.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.seal.Relaying;
import io.bradawl.protocol.seal.StreamOpener;
import io.bradawl.protocol.seal.StreamSealer;
import io.bradawl.protocol.seal.StreamWindow;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One direction by itself, of which the other end of the wire is played here. */
class InboundTest {

  private static final byte[] KEY = new byte[32];
  private static final int MOST_BLOCKS = 8;

  private final SpliceLoop loop = new SpliceLoop("inbound-test");
  private final StreamSealer sealer = new StreamSealer(Secret.copyOf(KEY));
  private final Pool pool = new Pool();
  private LoopbackPair wire;
  private LoopbackPair application;
  private Inbound inbound;

  @BeforeEach
  void join() throws Exception {
    wire = LoopbackPair.open();
    application = LoopbackPair.open();
    wire.own().configureBlocking(false);
    application.own().configureBlocking(false);
    inbound =
        new Inbound(
            new Leg(loop, wire.own(), SpliceEnd.RESET_BY_PEER, true),
            new Leg(loop, application.own(), SpliceEnd.RESET_BY_APPLICATION, true),
            pool,
            new StreamOpener(Secret.copyOf(KEY)),
            new StreamWindow(Relaying.FOREIGN));
  }

  @AfterEach
  void part() throws Exception {
    wire.close();
    application.close();
    loop.close();
  }

  /** However little of the application's there is in what it sends. */
  @Test
  void aPeerCannotMakeAReaderThatWaitsHoldMuchMemory() throws Exception {
    fill(application.own());
    wire.application().configureBlocking(false);
    ByteBuffer told = chatter();
    for (int sent = 0; sent < 800; sent += told.hasRemaining() ? 0 : 1) {
      told = told.hasRemaining() ? told : chatter();
      if (wire.application().write(told) == 0) {
        inbound.pump(); // reads as much as a block holds
      }
    }
    assertThat(pool.taken).isBetween(1, MOST_BLOCKS);
  }

  /** Until it takes not even one octet, and the kernel has found all the room that it can. */
  private static void fill(SocketChannel channel) throws Exception {
    for (int size = 1 << 16; size > 0; size /= 2) {
      ByteBuffer stuff = ByteBuffer.allocate(size);
      while (channel.write(stuff.clear()) > 0) {
        Thread.sleep(1);
      }
    }
  }

  /** A block full, of which one octet is data. */
  private ByteBuffer chatter() {
    byte[] records = new byte[Block.SIZE];
    records[StreamSealer.HEADER_LENGTH] = 1;
    int at = sealer.seal(records, 0, 1);
    while (at + StreamSealer.TOLD_LENGTH <= records.length) {
      at += sealer.tell(records, at, 1);
    }
    return ByteBuffer.wrap(records, 0, at);
  }

  private static final class Pool extends Block.Pool {

    private int taken;

    @Override
    Block take() {
      taken++;
      return super.take();
    }

    @Override
    void give(Block block) {
      taken--;
      super.give(block);
    }
  }
}
