package io.bradawl.runtime.splice;

import io.bradawl.protocol.seal.SealException;
import io.bradawl.protocol.seal.StreamOpener;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** From the peer to the application: what arrived is opened. */
final class Inbound extends Flow {

  private final StreamOpener opener;

  /** Sealed octets that are not a whole record yet, between 0 and its position. */
  private @Nullable Block arriving;

  Inbound(Leg peer, Leg application, Block.Pool pool, StreamOpener opener) {
    super(peer, application, pool);
    this.opener = opener;
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
        opened += Math.max(0, data);
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

  private int wholeRecord(Block from, int at) throws SealException {
    int available = from.whole().position() - at;
    int length = opener.recordLength(from.array(), at, available);
    return length <= available ? length : 0;
  }

  /** What was opened before a record that does not open is still the application's. */
  private void pass(Block opened, int octets) {
    if (octets > 0) {
      offer(opened, octets);
    } else {
      pool().give(opened);
    }
  }

  private void end(Block from) throws SpliceFailure {
    if (from.whole().position() > 0) {
      throw new SpliceFailure(SpliceEnd.ALTERED, "octets after the end of the stream");
    }
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
