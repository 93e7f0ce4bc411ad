package io.bradawl.agent.command;

import java.io.PrintStream;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What {@code java -jar bradawl-agent.jar} does. Exit statuses are those of sysexits.h. No command
 * takes a secret as an argument: arguments are there for everyone to see.
 */
public final class CommandLine implements ToIntFunction<String[]> {

  private static final int OK = 0;
  private static final int USAGE = 64;

  private final PrintStream out;
  private final PrintStream err;

  public CommandLine() {
    this(System.out, System.err);
  }

  CommandLine(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Returns the exit status. */
  @Override
  public int applyAsInt(String[] arguments) {
    List<String> words = List.of(arguments);
    try {
      return run(
          words.isEmpty() ? "" : words.get(0),
          words.subList(Math.min(1, words.size()), words.size()));
    } catch (CommandException e) {
      err.println(e.getMessage());
      return e.status();
    }
  }

  private int run(String command, List<String> operands) throws CommandException {
    return switch (command) {
      case "keygen" -> operands.size() == 1 ? keys().generate(operands.get(0)) : usage();
      case "id" -> operands.size() == 1 ? keys().show(operands.get(0)) : usage();
      case "realm" -> realm(operands);
      case "--help", "-h", "help" -> operands.isEmpty() ? print(Help.text()) : usage();
      case "version", "--version" ->
          operands.isEmpty() ? print("bradawl " + Help.version()) : usage();
      default -> usage();
    };
  }

  private int realm(List<String> operands) throws CommandException {
    RealmCommands realm = new RealmCommands(out, err);
    if (operands.isEmpty()) {
      return realm.generate();
    }
    return operands.size() == 2 && operands.get(0).equals("--secret-file")
        ? realm.show(operands.get(1))
        : usage();
  }

  private KeyCommands keys() {
    return new KeyCommands(out);
  }

  private int print(String text) {
    out.println(text);
    return OK;
  }

  private int usage() {
    err.println(Help.USAGE);
    return USAGE;
  }
}
