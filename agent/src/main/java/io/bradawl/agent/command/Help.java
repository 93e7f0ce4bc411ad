package io.bradawl.agent.command;

/** Texts of the command line. */
final class Help {

  private Help() {}

  static String version() {
    return "0.1.0";
  }

  static String text() {
    return "Bradawl";
  }
}
