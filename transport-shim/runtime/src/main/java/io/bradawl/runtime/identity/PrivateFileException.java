package io.bradawl.runtime.identity;

import java.io.IOException;

/**
 * A file that cannot serve for a secret. The message names the file, what is wrong and what to do.
 */
public final class PrivateFileException extends IOException {

  private static final long serialVersionUID = 1;

  PrivateFileException(String message) {
    super(message);
  }

  PrivateFileException(String message, IOException cause) {
    super(message, cause);
  }
}
