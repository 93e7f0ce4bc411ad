package io.bradawl.it.lab;

/** A bridge in a box, with the box as its router. */
final class Lan implements Segment {
  private static final int FIRST = 10;
  private static final int FIRST_SPARE = 110;

  private final Namespace box;
  private final String prefix;
  private int count;

  /**
   * @param prefix of its addresses, three octets and a dot
   */
  Lan(Namespace box, String prefix) {
    this.box = box;
    this.prefix = prefix;
    box.configure(
        """
        echo 1 > /proc/sys/net/ipv4/ip_forward
        ip link add lan type bridge
        ip addr add %s1/24 dev lan
        ip link set lan up
        """
            .formatted(prefix));
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

  @Override
  public void route(String network, String via) {
    box.configure("ip route add " + network + " via " + via);
  }
}
