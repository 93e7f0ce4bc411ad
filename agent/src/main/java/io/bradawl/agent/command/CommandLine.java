package io.bradawl.agent.command;

import java.io.PrintStream;
import java.util.function.ToIntFunction;

/** What {@code java -jar bradawl-agent.jar} does. */
public final class CommandLine implements ToIntFunction<String[]> {

  private static final int OK = 0;
  private static final int USAGE = 64; // EX_USAGE of sysexits.h

  /** Returns the exit status. */
  @Override
  public int applyAsInt(String[] arguments) {
    return run(arguments, System.out, System.err);
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    String command = arguments.length == 1 ? arguments[0] : "";
    return switch (command) {
      case "--help", "-h", "help" -> print(Help.text(), out);
      case "version", "--version" -> print("bradawl " + Help.version(), out);
      default -> usage(err);
    };
  }

  private static int print(String text, PrintStream out) {
    out.println(text);
    return OK;
  }

  private static int usage(PrintStream err) {
    err.println("usage: java -jar bradawl-agent.jar --help | version");
    err.println("       java -javaagent:bradawl-agent.jar[=key=value,...] -jar application.jar");
    return USAGE;
  }
}
