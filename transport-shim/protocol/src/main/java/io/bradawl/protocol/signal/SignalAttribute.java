package io.bradawl.protocol.signal;

import java.util.Map;
import java.util.Set;

/**
 * Bradawl's own STUN attributes. All are comprehension-required and lie in the unassigned part of
 * the range 0x4000 to 0x7FFF (RFC 8489 section 18.3), so any other STUN agent answers them with
 * error 420 instead of misreading them.
 */
public final class SignalAttribute {

  public static final int VERSION = 0x7B01;
  public static final int SENDER = 0x7B02;
  public static final int RECIPIENT = 0x7B03;
  public static final int PEER = 0x7B04;
  public static final int NAME = 0x7B05;
  public static final int SERVICE = 0x7B06;
  public static final int SERVICES = 0x7B07;
  public static final int SESSION = 0x7B08;
  public static final int DESCRIPTION = 0x7B09;

  private static final Map<Integer, String> NAMES =
      Map.of(
          VERSION, "VERSION",
          SENDER, "SENDER",
          RECIPIENT, "RECIPIENT",
          PEER, "PEER",
          NAME, "NAME",
          SERVICE, "SERVICE",
          SERVICES, "SERVICES",
          SESSION, "SESSION",
          DESCRIPTION, "DESCRIPTION");

  private SignalAttribute() {}

  /** All of them. */
  static Set<Integer> all() {
    return NAMES.keySet();
  }

  static String name(int type) {
    return NAMES.getOrDefault(type, String.format("attribute 0x%04X", type));
  }
}
