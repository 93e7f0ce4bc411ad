package io.bradawl.it.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts in the kernel, per source, destination and protocol, what a namespace forwards or
 * receives.
 */
public final class Observer {
  private static final String RULESET =
      """
      table %1$s observer {
        set flows {
          type %2$s_addr . %2$s_addr . inet_proto
          flags dynamic
          counter
          size 65535
        }
        chain watch {
          type filter hook %3$s priority -300
          update @flows { %1$s saddr . %1$s daddr . meta l4proto counter }
        }
      }
      """;
  private static final String LIST =
      "nft list set ip observer flows; nft list set ip6 observer flows";
  private static final Pattern ELEMENT =
      Pattern.compile(
          "([0-9a-f.:]+) \\. ([0-9a-f.:]+) \\. (\\w+) counter packets (\\d+) bytes (\\d+)");

  private final Namespace namespace;

  private Observer(Namespace namespace) {
    this.namespace = namespace;
  }

  static Observer ofForwarded(Namespace namespace) {
    return install(namespace, "forward");
  }

  static Observer ofReceived(Namespace namespace) {
    return install(namespace, "input");
  }

  private static Observer install(Namespace namespace, String hook) {
    Netfilter.load(
        namespace, RULESET.formatted("ip", "ipv4", hook) + RULESET.formatted("ip6", "ipv6", hook));
    return new Observer(namespace);
  }

  /** All flows seen until now. */
  public Map<Flow, Traffic> flows() {
    Map<Flow, Traffic> flows = new LinkedHashMap<>();
    Matcher element = ELEMENT.matcher(namespace.configure(LIST));
    while (element.find()) {
      flows.put(
          new Flow(element.group(1), element.group(2), element.group(3)),
          new Traffic(Long.parseLong(element.group(4)), Long.parseLong(element.group(5))));
    }
    return flows;
  }

  /** What went between two addresses, both directions together. */
  public Traffic between(String one, String other, String protocol) {
    Map<Flow, Traffic> flows = flows();
    return flows
        .getOrDefault(new Flow(one, other, protocol), Traffic.NONE)
        .plus(flows.getOrDefault(new Flow(other, one, protocol), Traffic.NONE));
  }
}
