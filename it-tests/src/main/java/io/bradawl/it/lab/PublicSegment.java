package io.bradawl.it.lab;

/** The core router: a network of its own for everybody who is plugged in. */
final class PublicSegment implements Segment {
  private final Namespace core;
  private final Stack stack;
  private final String prefix;
  private final String portPrefix;
  private int count;

  /**
   * @param prefix the first half of all addresses
   */
  PublicSegment(Namespace core, Stack stack, String prefix, String portPrefix) {
    this.core = core;
    this.stack = stack;
    this.prefix = prefix;
    this.portPrefix = portPrefix;
  }

  @Override
  public Seat plug(Namespace namespace, String port) {
    String network = prefix + "." + count;
    String gate = portPrefix + count++;
    core.configure(
        """
        ip link add %1$s type veth peer name %2$s netns %3$s
        %4$s
        ip link set %1$s up
        """
            .formatted(gate, port, namespace.file(), stack.address(network + ".1", gate)));
    return new Seat(network + ".2", network + ".3", network + ".1");
  }

  @Override
  public void route(String network, String via) {
    core.configure("ip route add " + network + " via " + via);
  }
}
