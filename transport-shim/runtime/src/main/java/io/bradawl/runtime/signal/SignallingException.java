package io.bradawl.runtime.signal;

import io.bradawl.protocol.signal.Signal.Reason;
import java.io.IOException;

/** The rendezvous could not be reached, or said no. The message names it and says why. */
public final class SignallingException extends IOException {

  private static final long serialVersionUID = 1;

  private final Reason reason;

  public SignallingException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
