package io.bradawl.rendezvous.options;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command with options of the command line, the configuration file and the environment, the
 * first that sets an option being the one that counts.
 */
public final class OperatorCommandLine {

  private static final Set<String> NOT_IN_FILES = Set.of("help", "version");

  private final CommandLine command;
  private final Map<String, String> environment;

  public OperatorCommandLine(Object command, Map<String, String> environment) {
    this.command = new CommandLine(command);
    this.environment = Map.copyOf(environment);
    OptionSections.lay(this.command);
  }

  /** Writes help and complaints to {@code writer} instead of the standard streams. */
  OperatorCommandLine saying(PrintWriter writer) {
    command.setOut(writer).setErr(writer);
    return this;
  }

  /** Returns what the command returns, or 2 if an option is wrong. */
  public int run(String... arguments) {
    try {
      Settings settings = Settings.read(names(), configFile(arguments), environment);
      command.setDefaultValueProvider(settings);
      command.setParameterExceptionHandler(
          (e, given) -> complain(e.getCommandLine().getErr(), text(e, settings)));
      return command.execute(arguments);
    } catch (SettingsException e) {
      return complain(command.getErr(), String.valueOf(e.getMessage()));
    }
  }

  private Set<String> names() {
    return command.getCommandSpec().options().stream()
        .map(OptionSpec::longestName)
        .map(OptionNames::withoutDashes)
        .filter(name -> !NOT_IN_FILES.contains(name))
        .collect(Collectors.toSet());
  }

  /** Read ahead of everything else, for all other options may be in it. */
  private @Nullable Path configFile(String[] arguments) throws SettingsException {
    ConfigOptions options = new ConfigOptions();
    CommandLine ahead = new CommandLine(options).setUnmatchedArgumentsAllowed(true);
    Set<String> only = Set.of(OptionNames.withoutDashes(ConfigOptions.NAME));
    String variable = OptionNames.variable(OptionNames.withoutDashes(ConfigOptions.NAME));
    String inEnvironment = environment.get(variable);
    if (inEnvironment != null) {
      ahead.setDefaultValueProvider(Settings.read(only, null, Map.of(variable, inEnvironment)));
    }
    try {
      ahead.parseArgs(arguments);
    } catch (ParameterException e) {
      return null; // the command itself will complain of it
    }
    return options.file();
  }

  private static int complain(PrintWriter err, String message) {
    err.println(message);
    err.flush();
    return ExitCode.USAGE;
  }

  private static String text(ParameterException e, Settings settings) {
    return e instanceof UnmatchedArgumentException unknown
        ? e.getMessage() + remedy(unknown)
        : e.getMessage() + source(e, settings);
  }

  private static String remedy(UnmatchedArgumentException unknown) {
    List<String> near = unknown.isUnknownOption() ? unknown.getSuggestions() : List.of();
    return (near.isEmpty() ? "" : "; did you mean " + near.get(0) + "?") + " (--help lists all)";
  }

  /** Where the value comes from, unless that is the command line. */
  private static String source(ParameterException e, Settings settings) {
    ArgSpec option = e.getArgSpec();
    Setting setting = option == null ? null : settings.of(option);
    return setting != null && setting.value().equals(e.getValue())
        ? " (" + setting.source() + ")"
        : "";
  }
}
