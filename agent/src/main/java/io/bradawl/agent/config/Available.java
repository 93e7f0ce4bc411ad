package io.bradawl.agent.config;

/**
 * What paths can have in this version: the one place to change when a kind of path comes to be
 * encrypted.
 */
final class Available {

  static final boolean TCP_ENCRYPTION = true;
  static final boolean UDP_ENCRYPTION = true;

  private Available() {}

  /** The default of {@link Key#TCP_SECURITY} or {@link Key#UDP_SECURITY}. */
  static String security(boolean encryption) {
    return encryption ? "encrypted" : "authenticated";
  }
}
