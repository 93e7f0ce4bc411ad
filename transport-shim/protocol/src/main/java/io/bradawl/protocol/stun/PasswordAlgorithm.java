package io.bradawl.protocol.stun;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * PASSWORD-ALGORITHM, RFC 8489 section 14.12: how the key was made of the password.
 *
 * @param number of the registry of section 18.5
 * @param parameters none for the two that are defined
 */
public record PasswordAlgorithm(int number, Octets parameters) implements StunAttribute {

  public static final PasswordAlgorithm MD5 = new PasswordAlgorithm(1, Octets.of());
  public static final PasswordAlgorithm SHA_256 = new PasswordAlgorithm(2, Octets.of());

  private static final int HEADER = 4;

  static PasswordAlgorithm read(WireReader value) throws WireFormatException {
    PasswordAlgorithm algorithm = readOne("PASSWORD-ALGORITHM", value);
    value.end("PASSWORD-ALGORITHM");
    return algorithm;
  }

  /** Reads one and its padding, which the last one may lack. */
  static PasswordAlgorithm readOne(String field, WireReader value) throws WireFormatException {
    int number = value.u16(field);
    int length = value.u16(field);
    Octets parameters = value.octets(field, length);
    value.skip(field, Math.min(-length & 3, value.remaining()));
    return new PasswordAlgorithm(number, parameters);
  }

  @Override
  public int type() {
    return AttributeType.PASSWORD_ALGORITHM;
  }

  /** With padding of the parameters, which is part of the value. */
  @Override
  public int valueLength() {
    return HEADER + (parameters.length() + 3 & ~3);
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    target.putShort((short) number).putShort((short) parameters.length());
    target.put(parameters.asByteBuffer()).put(new byte[-parameters.length() & 3]);
  }
}
