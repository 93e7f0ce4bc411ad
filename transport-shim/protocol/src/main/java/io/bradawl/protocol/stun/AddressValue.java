package io.bradawl.protocol.stun;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** The value that all attributes with an address share, RFC 8489 sections 14.1 and 14.2. */
final class AddressValue {

  private AddressValue() {}

  static int length(TransportAddress address) {
    return 4 + address.ip().getAddress().length;
  }

  /**
   * @param mask 16 octets that are laid over address and port; zeros for the plain form
   */
  static TransportAddress read(String field, WireReader value, byte[] mask)
      throws WireFormatException {
    value.skip(field, 1);
    int start = value.offset();
    int family = value.u8(field);
    if (family != AddressFamily.IPV4 && family != AddressFamily.IPV6) {
      throw new WireFormatException(
          field, start, "address family " + family + " is neither 1 nor 2");
    }
    int port = value.u16(field) ^ portMask(mask);
    value.exactly(field, family == AddressFamily.IPV4 ? 4 : 16);
    byte[] ip = masked(value.rest(field, 16).toByteArray(), mask);
    try {
      return new TransportAddress(InetAddress.getByAddress(ip), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 octets are address lengths", e);
    }
  }

  static void write(ByteBuffer target, TransportAddress address, byte[] mask) {
    target.put((byte) 0).put((byte) (address.isIpv6() ? AddressFamily.IPV6 : AddressFamily.IPV4));
    target.putShort((short) (address.port() ^ portMask(mask)));
    target.put(masked(address.ip().getAddress(), mask));
  }

  /** As {@link #read}, of the form in the clear. */
  static TransportAddress readPlain(String field, WireReader value) throws WireFormatException {
    return read(field, value, new byte[16]);
  }

  static void writePlain(ByteBuffer target, TransportAddress address) {
    write(target, address, new byte[16]);
  }

  /** As {@link #read}, of the form that is masked by the transaction. */
  static TransportAddress readMasked(String field, WireReader value, TransactionId transaction)
      throws WireFormatException {
    return read(field, value, mask(transaction));
  }

  static void writeMasked(ByteBuffer target, TransportAddress address, TransactionId transaction) {
    write(target, address, mask(transaction));
  }

  private static byte[] mask(TransactionId transaction) {
    return ByteBuffer.allocate(16)
        .putInt(StunHeader.MAGIC_COOKIE)
        .putInt(transaction.high())
        .putLong(transaction.low())
        .array();
  }

  private static int portMask(byte[] mask) {
    return (mask[0] & 0xFF) << 8 | mask[1] & 0xFF;
  }

  private static byte[] masked(byte[] octets, byte[] mask) {
    for (int i = 0; i < octets.length; i++) {
      octets[i] ^= mask[i];
    }
    return octets;
  }
}
