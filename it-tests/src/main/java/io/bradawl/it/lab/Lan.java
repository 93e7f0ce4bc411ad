package io.bradawl.it.lab;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A bridge in a box, with the box as its router. */
final class Lan implements Segment {
  private static final int FIRST = 10;
  private static final int FIRST_SPARE = 110;

  private final Namespace box;
  private final String prefix;
  private final List<String> networks = new CopyOnWriteArrayList<>();
  private Consumer<String> outside = network -> {};
  private int count;

  /**
   * @param prefix of its addresses, three octets and a dot
   */
  Lan(Namespace box, Stack stack, String prefix) {
    this.box = box;
    this.prefix = prefix;
    networks.add(prefix + "0/24");
    if (stack == Stack.BOTH) {
      networks.add(Stack.ipv6Prefix(prefix) + ":/64");
    }
    box.configure(
        """
        %s
        ip link add lan type bridge
        %s
        ip link set lan up
        """
            .formatted(stack.forward(), stack.address(prefix + "1", "lan")));
  }

  @Override
  public Seat plug(Namespace namespace, String port) {
    box.configure(
        """
        ip link add %1$s type veth peer name %2$s netns %3$s
        ip link set %1$s up master lan
        """
            .formatted("h" + count, port, namespace.file()));
    int number = count++;
    return new Seat(prefix + (FIRST + number), prefix + (FIRST_SPARE + number), prefix + "1");
  }

  /** Whether the IPv4 address is of this LAN or reached through it. */
  boolean has(InetAddress address) {
    String text = address.getHostAddress();
    return networks.contains(text.substring(0, text.lastIndexOf('.') + 1) + "0/24");
  }

  /** Whose router it has. */
  Namespace box() {
    return box;
  }

  /** From now on {@code outer} is told of the networks that are here or reached through here. */
  void announce(Consumer<String> outer) {
    outside = outer;
    networks.forEach(outer);
  }

  void sysctl(String key, String value) {
    box.configure("echo " + value + " > /proc/sys/" + key);
  }

  /** Adds rules to what the box forwards. */
  void restrict(String rules) {
    Netfilter.load(
        box,
        """
        table inet restriction {
          chain forward {
            type filter hook forward priority -10
            %s
          }
        }
        """
            .formatted(rules.replace(";", "\n")));
  }

  @Override
  public void route(String network, String via) {
    // Neighbours meet without passing the device of a box of this process.
    for (String table : List.of("main", Boxes.FROM_LAN)) {
      box.configure("ip route add " + network + " via " + via + " dev lan table " + table);
    }
    networks.add(network);
    outside.accept(network);
  }
}
