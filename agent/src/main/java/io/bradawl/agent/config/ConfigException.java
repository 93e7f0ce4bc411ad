package io.bradawl.agent.config;

/**
 * A setting that cannot be obeyed. The message names the property, its value, its source and the
 * remedy.
 */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean exit;

  ConfigException(String message, boolean exit) {
    super(message);
    this.exit = exit;
  }

  ConfigException(String message) {
    this(message, true);
  }

  /**
   * Whether the JVM is to end ({@code bradawl.onerror=exit}) rather than to go on without the
   * agent.
   */
  public boolean exits() {
    return exit;
  }

  ConfigException exiting(boolean exits) {
    ConfigException same = new ConfigException(String.valueOf(getMessage()), exits);
    same.setStackTrace(getStackTrace());
    return same;
  }
}
