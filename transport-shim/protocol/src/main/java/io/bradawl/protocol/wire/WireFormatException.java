package io.bradawl.protocol.wire;

/**
 * Received octets do not have the form that they should have. Carries no stack trace: whoever sends
 * garbage decides how often it is thrown.
 */
public final class WireFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final int offset;

  /**
   * @param field what was being read, in the words of the specification
   * @param offset where it begins, in octets from the start of the message
   * @param problem what is wrong with it
   */
  public WireFormatException(String field, int offset, String problem) {
    super(field + " at offset " + offset + ": " + problem, null, false, false);
    this.field = field;
    this.offset = offset;
  }

  /** What was being read. */
  public String field() {
    return field;
  }

  /** Where it begins, in octets from the start of the message. */
  public int offset() {
    return offset;
  }
}
