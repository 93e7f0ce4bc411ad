package io.bradawl.it.soak.load;

/** Something was delivered that nobody sent, or not in the way in which it was sent. */
final class WrongOctets extends Exception {
  private static final long serialVersionUID = 1;

  WrongOctets(String what) {
    super(what);
  }

  /** The same, and where it came from. */
  WrongOctets from(Object source) {
    return new WrongOctets(String.valueOf(getMessage()) + ", from " + source);
  }
}
