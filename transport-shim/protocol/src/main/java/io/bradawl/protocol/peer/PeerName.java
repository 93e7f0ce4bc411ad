package io.bradawl.protocol.peer;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A short name that a peer claims in its realm: one DNS label (RFC 1123 section 2.1), lower case,
 * and not of the shape of a {@link PeerId}.
 */
public record PeerName(String label) implements PeerRef {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  public PeerName {
    if (!LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException(
          "peer name \""
              + label
              + "\" is not one DNS label: 1 to 63 of a-z, 0-9 and '-', no '-' at either end");
    }
    if (PeerId.isId(label)) {
      throw new IllegalArgumentException(
          "peer name \"" + label + "\" has the shape of a peer id; choose another");
    }
  }

  /**
   * Whether {@code label} is a name in the form that travels: one lower-case DNS label and no peer
   * id.
   */
  public static boolean isName(String label) {
    return LABEL.matcher(label).matches() && !PeerId.isId(label);
  }

  /** Reads a name in any case. */
  public static PeerName parse(String text) {
    return new PeerName(text.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return label;
  }
}
