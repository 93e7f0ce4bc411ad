package io.bradawl.protocol.stun;

import java.util.Map;
import java.util.Set;

/** Attribute types of RFC 8489 section 18.3, RFC 8445 section 16.1 and RFC 8656 section 18. */
public final class AttributeType {

  public static final int MAPPED_ADDRESS = 0x0001;
  public static final int USERNAME = 0x0006;
  public static final int MESSAGE_INTEGRITY = 0x0008;
  public static final int ERROR_CODE = 0x0009;
  public static final int UNKNOWN_ATTRIBUTES = 0x000A;
  public static final int LIFETIME = 0x000D;
  public static final int REALM = 0x0014;
  public static final int NONCE = 0x0015;
  public static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;
  public static final int PASSWORD_ALGORITHM = 0x001D;
  public static final int USERHASH = 0x001E;
  public static final int XOR_MAPPED_ADDRESS = 0x0020;
  public static final int PRIORITY = 0x0024;
  public static final int USE_CANDIDATE = 0x0025;
  public static final int SOFTWARE = 0x8022;
  public static final int FINGERPRINT = 0x8028;
  public static final int ICE_CONTROLLED = 0x8029;
  public static final int ICE_CONTROLLING = 0x802A;

  /**
   * The comprehension-required types that every agent of RFC 8489 knows, whether or not it uses
   * them.
   */
  public static final Set<Integer> RFC_8489 =
      Set.of(
          MAPPED_ADDRESS,
          USERNAME,
          MESSAGE_INTEGRITY,
          ERROR_CODE,
          UNKNOWN_ATTRIBUTES,
          REALM,
          NONCE,
          MESSAGE_INTEGRITY_SHA256,
          PASSWORD_ALGORITHM,
          USERHASH,
          XOR_MAPPED_ADDRESS);

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(MAPPED_ADDRESS, "MAPPED-ADDRESS"),
          Map.entry(USERNAME, "USERNAME"),
          Map.entry(MESSAGE_INTEGRITY, "MESSAGE-INTEGRITY"),
          Map.entry(ERROR_CODE, "ERROR-CODE"),
          Map.entry(UNKNOWN_ATTRIBUTES, "UNKNOWN-ATTRIBUTES"),
          Map.entry(LIFETIME, "LIFETIME"),
          Map.entry(REALM, "REALM"),
          Map.entry(NONCE, "NONCE"),
          Map.entry(MESSAGE_INTEGRITY_SHA256, "MESSAGE-INTEGRITY-SHA256"),
          Map.entry(PASSWORD_ALGORITHM, "PASSWORD-ALGORITHM"),
          Map.entry(USERHASH, "USERHASH"),
          Map.entry(XOR_MAPPED_ADDRESS, "XOR-MAPPED-ADDRESS"),
          Map.entry(PRIORITY, "PRIORITY"),
          Map.entry(USE_CANDIDATE, "USE-CANDIDATE"),
          Map.entry(SOFTWARE, "SOFTWARE"),
          Map.entry(FINGERPRINT, "FINGERPRINT"),
          Map.entry(ICE_CONTROLLED, "ICE-CONTROLLED"),
          Map.entry(ICE_CONTROLLING, "ICE-CONTROLLING"));

  private AttributeType() {}

  /**
   * Whether a message with an unknown attribute of this type must not be processed (RFC 8489
   * section 14).
   */
  public static boolean isComprehensionRequired(int type) {
    return type < 0x8000;
  }

  /** The registered name, or the number. */
  public static String name(int type) {
    String name = NAMES.get(type);
    return name != null ? name : String.format("attribute 0x%04X", type);
  }
}
