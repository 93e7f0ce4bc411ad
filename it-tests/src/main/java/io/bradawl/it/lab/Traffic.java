package io.bradawl.it.lab;

/**
 * Packets and bytes including IP headers. Segmentation offload may merge packets, so bytes are the
 * truer figure.
 */
public record Traffic(long packets, long bytes) {
  /** Nothing seen. */
  public static final Traffic NONE = new Traffic(0, 0);

  /** Both together. */
  public Traffic plus(Traffic other) {
    return new Traffic(packets + other.packets, bytes + other.bytes);
  }

  /** What came since {@code earlier}. */
  public Traffic since(Traffic earlier) {
    return new Traffic(packets - earlier.packets, bytes - earlier.bytes);
  }
}
