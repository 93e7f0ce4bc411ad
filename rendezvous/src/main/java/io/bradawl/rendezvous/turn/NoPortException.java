package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.stun.ErrorCode;

/** There is no relayed address such as was asked for. Carries no stack trace: it is an answer. */
final class NoPortException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  NoPortException(int code, String reason) {
    super(reason, null, false, false);
    this.code = code;
    this.reason = reason;
  }

  ErrorCode error() {
    return new ErrorCode(code, reason);
  }
}
