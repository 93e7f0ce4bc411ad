package io.bradawl.protocol.turn;

import io.bradawl.protocol.stun.ErrorCode;

/** A request that gets an error response. Carries no stack trace: it is an ordinary outcome. */
final class Refused extends Exception {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  Refused(int code, String reason) {
    super(reason, null, false, false);
    this.code = code;
    this.reason = reason;
  }

  ErrorCode error() {
    return new ErrorCode(code, reason);
  }
}
