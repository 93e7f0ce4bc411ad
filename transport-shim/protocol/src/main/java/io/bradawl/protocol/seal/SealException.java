package io.bradawl.protocol.seal;

/**
 * A stream that was altered or cut: nothing of it can be trusted from here on, so the connection
 * ends.
 */
public final class SealException extends Exception {

  private static final long serialVersionUID = 1;

  SealException(String message) {
    super(message);
  }
}
