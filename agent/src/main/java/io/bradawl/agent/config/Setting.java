package io.bradawl.agent.config;

/**
 * What one source says about one property. A value that is a secret appears in no message.
 *
 * @param source as messages name it: {@code "system property"}
 */
record Setting(Key key, String value, String source) {

  /** What the source begins with if it is a properties file; its path follows. */
  static final String FILE = "file ";

  boolean isOfFile() {
    return source.startsWith(FILE);
  }

  /** An error that names the property, the value, the source, what is wrong and what is allowed. */
  ConfigException bad(String reason) {
    return new ConfigException(this + ": " + reason + "; allowed: " + key.allowed());
  }

  /** Property, value unless it is a secret, and source. */
  @Override
  public String toString() {
    return key.property() + (key.isSecret() ? "" : "=" + value) + " (" + source + ")";
  }

  /** An error for what comes in a later version. The value is not repeated: it may be a secret. */
  ConfigException unavailable(String version) {
    return new ConfigException(
        key.property()
            + " ("
            + source
            + ") is not available in this version ("
            + version
            + "): "
            + key.meaning()
            + " comes later; remove the setting");
  }
}
