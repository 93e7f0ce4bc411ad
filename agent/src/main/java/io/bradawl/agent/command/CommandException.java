package io.bradawl.agent.command;

/** A command that cannot be obeyed: what to print, and the exit status as in sysexits.h. */
final class CommandException extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;

  private CommandException(int status, String message, Exception cause) {
    super(message, cause);
    this.status = status;
  }

  /** Something is wrong with a file that was to be read: EX_NOINPUT. */
  static CommandException unreadable(String message, Exception cause) {
    return new CommandException(66, message, cause);
  }

  /** A file cannot be made: EX_CANTCREAT. */
  static CommandException notCreated(String message, Exception cause) {
    return new CommandException(73, message, cause);
  }

  int status() {
    return status;
  }
}
