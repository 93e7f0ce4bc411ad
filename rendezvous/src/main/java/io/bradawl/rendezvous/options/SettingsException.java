package io.bradawl.rendezvous.options;

/** Configuration that cannot be obeyed. The message names the thing, its source and the remedy. */
final class SettingsException extends Exception {

  private static final long serialVersionUID = 1L;

  SettingsException(String message) {
    super(message);
  }
}
