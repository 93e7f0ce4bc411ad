package io.bradawl.protocol.realm;

/** A rendezvous that sent a challenge which no honest one sends. */
public final class AccessException extends Exception {

  private static final long serialVersionUID = 1;

  AccessException(String message, Throwable cause) {
    super(message, cause);
  }
}
