package io.bradawl.runtime.splice;

import io.bradawl.protocol.seal.SealException;
import io.bradawl.protocol.seal.StreamOpener;
import io.bradawl.protocol.seal.StreamWindow;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** From the peer to the application: what arrived is opened. */
final class Inbound extends Flow {

  private final StreamOpener opener;
  private final StreamWindow window;

  /** Sealed octets that are not a whole record yet, between 0 and its position. */
  private @Nullable Block arriving;

  /** Of {@link Block#weight} the blocks that wait for the application. */
  private int weight;

  Inbound(Leg peer, Leg application, Block.Pool pool, StreamOpener opener, StreamWindow window) {
    super(peer, application, pool);
    this.opener = opener;
    this.window = window;
  }

  /**
   * With a window all that the peer may send is read, and what it tells behind that: nothing is to
   * wait in a relay.
   */
  @Override
  boolean hasRoom() {
    return isEmpty() || window.isBounded() && weight <= StreamWindow.SIZE;
  }

  @Override
  void passedOn(int octets) {
    weight -= octets;
    window.passedOn(octets);
  }

  @Override
  boolean fill() throws SpliceFailure {
    Block from = arriving == null ? pool().take() : arriving;
    arriving = from;
    ByteBuffer sealed = from.whole().limit(Block.SIZE);
    int octets = source().read(sealed);
    if (octets < 0) {
      throw new SpliceFailure(SpliceEnd.CUT, "the connection ended before the peer ended it");
    }
    boolean full = !sealed.hasRemaining();
    if (octets > 0) {
      open(from);
    }
    if (sealed.position() == 0) {
      pool().give(from);
      arriving = null;
    }
    return full || opener.hasEnded();
  }

  /** Opens all whole records, and keeps what follows them. */
  private void open(Block from) throws SpliceFailure {
    Block into = pool().take();
    int opened = 0;
    int at = 0;
    try {
      int length = wholeRecord(from, at);
      while (length > 0) {
        int data = opener.open(from.array(), at, length, into.array(), opened);
        if (data > 0) {
          opened += data;
          weigh(into, length);
        } else if (data == StreamOpener.TOLD) {
          window.heard(opener.told());
        }
        at += length;
        length = opener.hasEnded() ? 0 : wholeRecord(from, at);
      }
    } catch (SealException e) {
      throw new SpliceFailure(SpliceEnd.ALTERED, String.valueOf(e.getMessage()));
    } finally {
      pass(into, opened);
    }
    from.whole().flip().position(at);
    from.whole().compact();
    if (opener.hasEnded()) {
      end(from);
    }
  }

  private void weigh(Block block, int octets) {
    block.weigh(octets);
    weight += octets;
  }

  private int wholeRecord(Block from, int at) throws SealException {
    int available = from.whole().position() - at;
    int length = opener.recordLength(from.array(), at, available);
    return length <= available ? length : 0;
  }

  /**
   * What was opened before a record that does not open is still the application's. It goes into the
   * block that waits last if that has room, so that blocks that wait are half full at least.
   */
  private void pass(Block opened, int end) {
    Block last = last();
    if (last != null && last.whole().limit() + end <= Block.SIZE) {
      last.append(opened, end);
      pool().give(opened);
    } else if (end > 0) {
      offer(opened, end);
    } else {
      pool().give(opened);
    }
  }

  private void end(Block from) throws SpliceFailure {
    if (from.whole().position() > 0) {
      throw new SpliceFailure(SpliceEnd.ALTERED, "octets after the end of the stream");
    }
    window.otherHasEnded();
    finish();
  }

  @Override
  void release() {
    super.release();
    if (arriving != null) {
      pool().give(arriving);
      arriving = null;
    }
    opener.close();
  }
}
