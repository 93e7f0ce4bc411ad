package io.bradawl.protocol.signal;

import java.util.Map;
import java.util.Set;

/**
 * Bradawl's own STUN attributes. All but the last are comprehension-required and lie in the
 * unassigned part of the range 0x4000 to 0x7FFF (RFC 8489 section 18.3), so any other STUN agent
 * answers them with error 420 instead of misreading them.
 */
public final class SignalAttribute {

  public static final int VERSION = 0x7B01;
  public static final int SENDER = 0x7B02;
  public static final int RECIPIENT = 0x7B03;
  public static final int PEER = 0x7B04;
  public static final int NAME_CLAIM = 0x7B05;
  public static final int SERVICE = 0x7B06;
  public static final int SERVICES = 0x7B07;
  public static final int SESSION = 0x7B08;
  public static final int DESCRIPTION = 0x7B09;
  public static final int ACCESS_KEY = 0x7B0A;
  public static final int CHALLENGE = 0x7B0B;
  public static final int PROOF = 0x7B0C;
  public static final int RELAY = 0x7B0D;

  /** Comprehension-optional: news for the operator, and nothing depends on it. */
  public static final int PATH_COUNTS = 0xFB01;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(VERSION, "VERSION"),
          Map.entry(SENDER, "SENDER"),
          Map.entry(RECIPIENT, "RECIPIENT"),
          Map.entry(PEER, "PEER"),
          Map.entry(NAME_CLAIM, "NAME-CLAIM"),
          Map.entry(SERVICE, "SERVICE"),
          Map.entry(SERVICES, "SERVICES"),
          Map.entry(SESSION, "SESSION"),
          Map.entry(DESCRIPTION, "DESCRIPTION"),
          Map.entry(ACCESS_KEY, "ACCESS-KEY"),
          Map.entry(CHALLENGE, "CHALLENGE"),
          Map.entry(PROOF, "PROOF"),
          Map.entry(RELAY, "RELAY"),
          Map.entry(PATH_COUNTS, "PATH-COUNTS"));

  private SignalAttribute() {}

  /** All of them. */
  static Set<Integer> all() {
    return NAMES.keySet();
  }

  static String name(int type) {
    return NAMES.getOrDefault(type, String.format("attribute 0x%04X", type));
  }
}
