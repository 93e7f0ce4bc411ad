package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * LIFETIME, RFC 8656 section 18.2.
 *
 * @param seconds 0 to 2^32 - 1
 */
public record Lifetime(long seconds) implements StunAttribute {

  private static final long MAX_SECONDS = 0xFFFF_FFFFL;

  public Lifetime {
    if (seconds < 0 || seconds > MAX_SECONDS) {
      throw new IllegalArgumentException(
          "lifetime of " + seconds + " s is outside 0.." + MAX_SECONDS);
    }
  }

  static Lifetime read(WireReader value) throws WireFormatException {
    value.exactly("LIFETIME", 4);
    return new Lifetime(Integer.toUnsignedLong(value.i32("LIFETIME")));
  }

  public Duration duration() {
    return Duration.ofSeconds(seconds);
  }

  @Override
  public int type() {
    return AttributeType.LIFETIME;
  }

  @Override
  public int valueLength() {
    return 4;
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.putInt((int) seconds);
  }
}
