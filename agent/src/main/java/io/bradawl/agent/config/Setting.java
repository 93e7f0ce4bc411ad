package io.bradawl.agent.config;

/**
 * What one source says about one property.
 *
 * @param source as messages name it: {@code "system property"}
 */
record Setting(Key key, String value, String source) {

  /** An error that names the property, the value, the source, what is wrong and what is allowed. */
  ConfigException bad(String reason) {
    return new ConfigException(
        key.property()
            + "="
            + value
            + " ("
            + source
            + "): "
            + reason
            + "; allowed: "
            + key.allowed());
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
