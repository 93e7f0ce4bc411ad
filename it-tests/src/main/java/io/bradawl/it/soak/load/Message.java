package io.bradawl.it.soak.load;

import java.net.DatagramPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * One message, all of whose octets follow from its conversation and number, so that whoever
 * receives it knows what it must be.
 *
 * @param conversation drawn for each connection or socket
 * @param number 0, 1, 2, ... within the conversation
 */
record Message(long conversation, int number) {
  /** Length, conversation, number. */
  static final int HEAD = 16;

  private static final int CHECKSUM = 4;
  private static final int SHORTEST = HEAD + CHECKSUM;

  /** All of it, at most so long; how long, follows from what it is. */
  byte[] octets(int longest) {
    SplittableRandom random = new SplittableRandom(conversation * 31 + number);
    return octetsOf(SHORTEST + random.nextInt(longest - SHORTEST + 1));
  }

  /** The message in this datagram. */
  static Message of(DatagramPacket datagram) throws WrongOctets {
    try {
      return of(datagram.getData(), datagram.getLength());
    } catch (WrongOctets e) {
      throw e.from(datagram.getSocketAddress());
    }
  }

  private byte[] octetsOf(int length) {
    byte[] octets = new byte[length];
    new SplittableRandom(conversation ^ number).nextBytes(octets);
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    buffer.putInt(length).putLong(conversation).putInt(number);
    CRC32C checksum = new CRC32C();
    checksum.update(octets, 0, length - CHECKSUM);
    buffer.putInt(length - CHECKSUM, (int) checksum.getValue());
    return octets;
  }

  /**
   * The message that these octets are.
   *
   * @throws WrongOctets if they are none
   */
  static Message of(byte[] octets, int length) throws WrongOctets {
    ByteBuffer buffer = ByteBuffer.wrap(octets, 0, length);
    if (length < SHORTEST || buffer.getInt() != length) {
      String head = HexFormat.of().formatHex(octets, 0, Math.min(length, 2 * HEAD));
      throw new WrongOctets(length + " octets are no message: " + head);
    }
    Message message = new Message(buffer.getLong(), buffer.getInt());
    byte[] right = message.octetsOf(length);
    int wrong = Arrays.mismatch(right, 0, length, octets, 0, length);
    if (wrong >= 0) {
      throw new WrongOctets(message + " is wrong from octet " + wrong + " of " + length);
    }
    return message;
  }
}
