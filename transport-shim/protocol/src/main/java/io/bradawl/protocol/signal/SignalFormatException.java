package io.bradawl.protocol.signal;

import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.UnknownAttributes;
import java.util.List;

/**
 * A well-formed STUN message that is no valid signal. The message says which attribute is wrong,
 * and how.
 */
public final class SignalFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final transient List<Integer> unknown;

  SignalFormatException(Reason reason, String message) {
    this(reason, message, List.of());
  }

  private SignalFormatException(Reason reason, String message, List<Integer> unknown) {
    super(message, null, false, false);
    this.reason = reason;
    this.unknown = unknown;
  }

  static SignalFormatException unknownAttributes(List<Integer> types) {
    String list =
        String.join(", ", types.stream().map(type -> String.format("0x%04X", type)).toList());
    return new SignalFormatException(Reason.UNKNOWN_ATTRIBUTE, "unknown attributes " + list, types);
  }

  public Reason reason() {
    return reason;
  }

  /**
   * The error response that {@code request}, which caused this, deserves (RFC 8489 section 6.3.1).
   */
  public StunMessage answerTo(StunMessage request) {
    String text = getMessage();
    StunMessage error = request.error(new ErrorCode(reason.code(), text == null ? "" : text));
    return unknown.isEmpty() ? error : error.plus(new UnknownAttributes(unknown));
  }
}
