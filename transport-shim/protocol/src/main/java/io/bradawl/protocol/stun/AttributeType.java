package io.bradawl.protocol.stun;

import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Attribute types of RFC 8489 section 18.3, RFC 8445 section 16.1, RFC 8656 section 18, RFC 6062
 * section 6.2 and RFC 8016 section 3.2.
 */
public final class AttributeType {

  public static final int MAPPED_ADDRESS = 0x0001;
  public static final int CHANGE_REQUEST = 0x0003;
  public static final int USERNAME = 0x0006;
  public static final int MESSAGE_INTEGRITY = 0x0008;
  public static final int ERROR_CODE = 0x0009;
  public static final int UNKNOWN_ATTRIBUTES = 0x000A;
  public static final int CHANNEL_NUMBER = 0x000C;
  public static final int LIFETIME = 0x000D;
  public static final int XOR_PEER_ADDRESS = 0x0012;
  public static final int DATA = 0x0013;
  public static final int REALM = 0x0014;
  public static final int NONCE = 0x0015;
  public static final int XOR_RELAYED_ADDRESS = 0x0016;
  public static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
  public static final int EVEN_PORT = 0x0018;
  public static final int REQUESTED_TRANSPORT = 0x0019;
  public static final int DONT_FRAGMENT = 0x001A;
  public static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;
  public static final int PASSWORD_ALGORITHM = 0x001D;
  public static final int USERHASH = 0x001E;
  public static final int XOR_MAPPED_ADDRESS = 0x0020;
  public static final int RESERVATION_TOKEN = 0x0022;
  public static final int PRIORITY = 0x0024;
  public static final int USE_CANDIDATE = 0x0025;
  public static final int PADDING = 0x0026;
  public static final int RESPONSE_PORT = 0x0027;
  public static final int CONNECTION_ID = 0x002A;
  public static final int ADDITIONAL_ADDRESS_FAMILY = 0x8000;
  public static final int ADDRESS_ERROR_CODE = 0x8001;
  public static final int PASSWORD_ALGORITHMS = 0x8002;
  public static final int ICMP = 0x8004;
  public static final int SOFTWARE = 0x8022;
  public static final int FINGERPRINT = 0x8028;
  public static final int ICE_CONTROLLED = 0x8029;
  public static final int ICE_CONTROLLING = 0x802A;
  public static final int RESPONSE_ORIGIN = 0x802B;
  public static final int OTHER_ADDRESS = 0x802C;
  public static final int MOBILITY_TICKET = 0x8030;

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

  /** The comprehension-required types of behaviour discovery. */
  public static final Set<Integer> RFC_5780 = Set.of(CHANGE_REQUEST, PADDING, RESPONSE_PORT);

  /** The comprehension-required types that a TURN server knows beside those of RFC 8489. */
  public static final Set<Integer> RFC_8656 =
      Set.of(
          CHANNEL_NUMBER,
          LIFETIME,
          XOR_PEER_ADDRESS,
          DATA,
          XOR_RELAYED_ADDRESS,
          REQUESTED_ADDRESS_FAMILY,
          EVEN_PORT,
          REQUESTED_TRANSPORT,
          DONT_FRAGMENT,
          RESERVATION_TOKEN,
          CONNECTION_ID);

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(MAPPED_ADDRESS, "MAPPED-ADDRESS"),
          Map.entry(CHANGE_REQUEST, "CHANGE-REQUEST"),
          Map.entry(USERNAME, "USERNAME"),
          Map.entry(MESSAGE_INTEGRITY, "MESSAGE-INTEGRITY"),
          Map.entry(ERROR_CODE, "ERROR-CODE"),
          Map.entry(UNKNOWN_ATTRIBUTES, "UNKNOWN-ATTRIBUTES"),
          Map.entry(CHANNEL_NUMBER, "CHANNEL-NUMBER"),
          Map.entry(LIFETIME, "LIFETIME"),
          Map.entry(XOR_PEER_ADDRESS, "XOR-PEER-ADDRESS"),
          Map.entry(DATA, "DATA"),
          Map.entry(REALM, "REALM"),
          Map.entry(NONCE, "NONCE"),
          Map.entry(XOR_RELAYED_ADDRESS, "XOR-RELAYED-ADDRESS"),
          Map.entry(REQUESTED_ADDRESS_FAMILY, "REQUESTED-ADDRESS-FAMILY"),
          Map.entry(EVEN_PORT, "EVEN-PORT"),
          Map.entry(REQUESTED_TRANSPORT, "REQUESTED-TRANSPORT"),
          Map.entry(DONT_FRAGMENT, "DONT-FRAGMENT"),
          Map.entry(MESSAGE_INTEGRITY_SHA256, "MESSAGE-INTEGRITY-SHA256"),
          Map.entry(PASSWORD_ALGORITHM, "PASSWORD-ALGORITHM"),
          Map.entry(USERHASH, "USERHASH"),
          Map.entry(XOR_MAPPED_ADDRESS, "XOR-MAPPED-ADDRESS"),
          Map.entry(RESERVATION_TOKEN, "RESERVATION-TOKEN"),
          Map.entry(PRIORITY, "PRIORITY"),
          Map.entry(USE_CANDIDATE, "USE-CANDIDATE"),
          Map.entry(PADDING, "PADDING"),
          Map.entry(RESPONSE_PORT, "RESPONSE-PORT"),
          Map.entry(CONNECTION_ID, "CONNECTION-ID"),
          Map.entry(ADDITIONAL_ADDRESS_FAMILY, "ADDITIONAL-ADDRESS-FAMILY"),
          Map.entry(ADDRESS_ERROR_CODE, "ADDRESS-ERROR-CODE"),
          Map.entry(PASSWORD_ALGORITHMS, "PASSWORD-ALGORITHMS"),
          Map.entry(ICMP, "ICMP"),
          Map.entry(SOFTWARE, "SOFTWARE"),
          Map.entry(FINGERPRINT, "FINGERPRINT"),
          Map.entry(ICE_CONTROLLED, "ICE-CONTROLLED"),
          Map.entry(ICE_CONTROLLING, "ICE-CONTROLLING"),
          Map.entry(RESPONSE_ORIGIN, "RESPONSE-ORIGIN"),
          Map.entry(OTHER_ADDRESS, "OTHER-ADDRESS"),
          Map.entry(MOBILITY_TICKET, "MOBILITY-TICKET"));

  private AttributeType() {}

  /**
   * Whether a message with an unknown attribute of this type must not be processed (RFC 8489
   * section 14).
   */
  public static boolean isComprehensionRequired(int type) {
    return type < 0x8000;
  }

  /**
   * The registered name, or the number. Asked for each attribute of each message, so it is cheap.
   */
  public static String name(int type) {
    String name = NAMES.get(type);
    return name != null ? name : "attribute 0x" + HEX.toHexDigits((short) type);
  }
}
