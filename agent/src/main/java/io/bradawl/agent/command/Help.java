package io.bradawl.agent.command;

import io.bradawl.agent.config.AgentConfig;
import io.bradawl.agent.config.Key;

/** Texts of the command line. */
final class Help {

  static final String USAGE =
      """
        java -javaagent:bradawl-agent.jar[=key=value,...] -jar application.jar

        java -jar bradawl-agent.jar keygen FILE               makes a private key, prints its peer id
        java -jar bradawl-agent.jar id FILE                   prints the peer id of a private key
        java -jar bradawl-agent.jar realm                     makes a realm secret
        java -jar bradawl-agent.jar realm --secret-file FILE  prints the access key of a realm
        java -jar bradawl-agent.jar --help | version
      """;

  private Help() {}

  static String version() {
    return AgentConfig.VERSION;
  }

  static String text() {
    StringBuilder text = new StringBuilder();
    text.append("Bradawl ").append(version()).append(": reusable TCP ports, and peers by name\n\n");
    text.append(USAGE).append('\n');
    text.append(
        "Settings, the strongest source first: agent arguments (key=value,... without the\n");
    text.append(
        "prefix; separated by ';' if values hold commas), system properties, environment\n");
    text.append("variables (BRADAWL_LOG_LEVEL), the file named by bradawl.config. They are read\n");
    text.append("once, when the JVM starts; System.setProperty has no effect.\n");
    for (Key key : Key.values()) {
      if (key.isAvailable()) {
        append(text, key);
      }
    }
    text.append("\nIn a later version:");
    for (Key key : Key.values()) {
      text.append(key.isAvailable() ? "" : " " + key.property());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Key key) {
    text.append("\n  ").append(key.property()).append("  (default ").append(key.defaultText());
    text.append(")\n      ").append(key.meaning());
    text.append("\n      allowed: ").append(key.allowed()).append('\n');
  }
}
