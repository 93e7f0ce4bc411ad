package io.bradawl.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable sequence of octets with value equality, so that records can hold one. */
public final class Octets {

  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies {@code bytes}. */
  public static Octets of(byte... bytes) {
    return new Octets(bytes.clone());
  }

  /** Copies what remains in {@code source}, which is left as it was. */
  public static Octets copyOf(ByteBuffer source) {
    byte[] copy = new byte[source.remaining()];
    source.duplicate().get(copy);
    return new Octets(copy);
  }

  public int length() {
    return bytes.length;
  }

  /** A fresh copy. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** A read-only view. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Lower-case hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
