package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.StunMessage;

/**
 * Why a TURN server did not do as asked.
 *
 * @param code of RFC 8489 section 14.8 or RFC 8656 section 19; {@link #NO_ANSWER} or {@link
 *     #TRANSPORT_LOST} if there was none
 * @param text what went wrong and what may help, for people
 */
public record TurnError(int code, String text) {

  /** The server did not answer. */
  public static final int NO_ANSWER = 0;

  /** The connection to the server was lost. */
  public static final int TRANSPORT_LOST = 1;

  /** An answer that does not make sense. */
  public static final int BAD_ANSWER = 2;

  /** Whether the server does not know the allocation that the request was about. */
  boolean saysNoAllocation() {
    return code == ErrorCode.ALLOCATION_MISMATCH;
  }

  static TurnError of(StunMessage response) {
    ErrorCode error = response.first(ErrorCode.class);
    return error == null
        ? new TurnError(BAD_ANSWER, "an error response without ERROR-CODE")
        : of(error);
  }

  private static TurnError of(ErrorCode error) {
    String remedy = remedy(error.code());
    String said = error.code() + (error.reason().isEmpty() ? "" : " " + error.reason());
    return new TurnError(error.code(), remedy.isEmpty() ? said : said + " (" + remedy + ")");
  }

  private static String remedy(int code) {
    return switch (code) {
      case ErrorCode.UNAUTHENTICATED -> "username or password is wrong, or has expired";
      case ErrorCode.FORBIDDEN -> "the server's rules forbid it";
      case ErrorCode.ALLOCATION_MISMATCH ->
          "the server holds another allocation of this port, or none";
      case ErrorCode.ADDRESS_FAMILY_NOT_SUPPORTED -> "it relays in the other IP version only";
      case ErrorCode.WRONG_CREDENTIALS -> "the allocation belongs to another username";
      case ErrorCode.UNSUPPORTED_TRANSPORT_PROTOCOL -> "it does not relay this transport";
      case ErrorCode.ALLOCATION_QUOTA_REACHED -> "too many allocations of this username";
      case ErrorCode.INSUFFICIENT_CAPACITY -> "the server is full";
      default -> "";
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
