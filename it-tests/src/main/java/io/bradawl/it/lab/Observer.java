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
      table ip observer {
        set flows {
          type ipv4_addr . ipv4_addr . inet_proto
          flags dynamic
          counter
          size 65535
        }
        chain watch {
          type filter hook %s priority -300
          update @flows { ip saddr . ip daddr . ip protocol counter }
        }
      }
      """;
  private static final Pattern ELEMENT =
      Pattern.compile("([0-9.]+) \\. ([0-9.]+) \\. (\\w+) counter packets (\\d+) bytes (\\d+)");

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
    Netfilter.load(namespace, RULESET.formatted(hook));
    return new Observer(namespace);
  }

  /** All flows seen until now. */
  public Map<Flow, Traffic> flows() {
    Map<Flow, Traffic> flows = new LinkedHashMap<>();
    Matcher element = ELEMENT.matcher(namespace.configure("nft list set ip observer flows"));
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
