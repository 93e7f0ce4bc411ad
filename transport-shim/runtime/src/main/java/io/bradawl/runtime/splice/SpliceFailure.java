package io.bradawl.runtime.splice;

import java.io.IOException;

/** Why nothing more can pass. It becomes a reset on both legs, so it needs no stack trace. */
final class SpliceFailure extends Exception {

  private static final long serialVersionUID = 1;

  private final SpliceEnd end;

  SpliceFailure(SpliceEnd end, String message) {
    super(message, null, false, false);
    this.end = end;
  }

  SpliceFailure(SpliceEnd end, IOException cause) {
    this(end, String.valueOf(cause.getMessage()));
  }

  SpliceEnd end() {
    return end;
  }
}
