package io.bradawl.protocol.path;

/** The two parts in a session. The offerer decides which connection or pair becomes the path. */
public enum Role {
  /** The peer that sent the offer: "controlling" in RFC 8445 section 2.3. */
  OFFERER('o'),
  /** The peer that sent the answer: "controlled". */
  ANSWERER('a');

  private final char letter;

  Role(char letter) {
    this.letter = letter;
  }

  /** The letter that stands for the role in USERNAME. */
  char letter() {
    return letter;
  }

  public Role other() {
    return this == OFFERER ? ANSWERER : OFFERER;
  }
}
