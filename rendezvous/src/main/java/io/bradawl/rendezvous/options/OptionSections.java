package io.bradawl.rendezvous.options;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists the options of each feature under a heading of their own. */
final class OptionSections {

  private OptionSections() {}

  static void lay(CommandLine command) {
    Map<String, IHelpSectionRenderer> sections = command.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, help -> "");
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, OptionSections::list);
  }

  private static String list(Help help) {
    StringBuilder text = new StringBuilder();
    for (CommandSpec section : help.commandSpec().mixins().values()) {
      List<OptionSpec> options = ofCommand(section.options(), help.commandSpec());
      String heading = section.usageMessage().optionListHeading();
      text.append(heading.isEmpty() ? System.lineSeparator() : heading.formatted());
      text.append(help.optionListExcludingGroups(options));
    }
    return text.toString();
  }

  /** As the command shows them, with their values from file and environment. */
  private static List<OptionSpec> ofCommand(Collection<OptionSpec> section, CommandSpec command) {
    return section.stream().map(option -> command.findOption(option.longestName())).toList();
  }
}
