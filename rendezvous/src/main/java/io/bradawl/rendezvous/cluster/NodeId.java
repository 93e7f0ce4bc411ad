package io.bradawl.rendezvous.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Names one run of one node: a node that starts again is another one.
 *
 * @param text 16 hexadecimal digits
 */
record NodeId(String text) {

  static NodeId draw() {
    return new NodeId(HexFormat.of().toHexDigits(new SecureRandom().nextLong()));
  }

  boolean is(String other) {
    return text.equals(other);
  }

  byte[] octets() {
    return text.getBytes(US_ASCII);
  }

  /** What a value in Redis begins with that this node has written with that order. */
  byte[] with(byte[] order) {
    return (text + new String(order, US_ASCII)).getBytes(US_ASCII);
  }

  byte[] channel() {
    return channelOf(text);
  }

  /** Where a node listens. */
  static byte[] channelOf(String node) {
    return ("bradawl:to:" + node).getBytes(US_ASCII);
  }

  @Override
  public String toString() {
    return text;
  }
}
