package io.bradawl.runtime.splice;

/** How a splice came to its end. */
public enum SpliceEnd {
  /** Both applications ended their directions. */
  CLOSED("closed"),

  /** The application reset its connection, or closed it with data unread. */
  RESET_BY_APPLICATION("reset-by-application"),

  /** The other side or the network reset the connection. */
  RESET_BY_PEER("reset-by-peer"),

  /** The connection ended before the other side said that it was complete. */
  CUT("cut"),

  /** What arrived was not what the peer had sealed. */
  ALTERED("altered"),

  /** This side could not go on; the log says why. */
  FAILED("failed");

  private final String word;

  SpliceEnd(String word) {
    this.word = word;
  }

  /** As it stands after {@code reason=} in the log. */
  public String word() {
    return word;
  }
}
