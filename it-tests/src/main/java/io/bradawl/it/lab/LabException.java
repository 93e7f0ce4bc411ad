package io.bradawl.it.lab;

/**
 * The laboratory cannot be built or a command in it failed; the message says what to do about it.
 */
public final class LabException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LabException(String message) {
    super(message);
  }

  LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
