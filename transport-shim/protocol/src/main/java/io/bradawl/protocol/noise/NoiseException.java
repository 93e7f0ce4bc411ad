package io.bradawl.protocol.noise;

/**
 * A sealed message that is not what it should be. Says what failed, never with which key or
 * content.
 */
public final class NoiseException extends Exception {

  private static final long serialVersionUID = 1;

  private final Failure failure;

  NoiseException(Failure failure, String message) {
    super(message);
    this.failure = failure;
  }

  NoiseException(Failure failure, String message, Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }

  /** What kind of thing was wrong. */
  public enum Failure {
    /** Too short, too long, or with a key that is none. */
    MALFORMED,
    /** Of a version, suite or membership that this side does not speak or did not offer. */
    UNSUPPORTED,
    /** Altered on the way, for another peer or session, or made without the realm's key. */
    NOT_AUTHENTIC,
    /** Authentic, but from another peer than it claims. */
    WRONG_PEER
  }
}
