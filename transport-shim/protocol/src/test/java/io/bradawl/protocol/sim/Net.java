package io.bradawl.protocol.sim;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One address space: the public internet, or what is behind a NAT. */
public final class Net {

  private final World world;
  private final Map<InetAddress, Attachment> attachments = new HashMap<>();
  private @Nullable NatBox gateway;
  private long carried;

  public Net(World world) {
    this.world = world;
  }

  public void attach(InetAddress ip, Link link, Node node) {
    attachments.put(ip, new Attachment(node, link));
  }

  /** Cuts the wire of whoever has this address. */
  public void detach(InetAddress ip) {
    attachments.remove(ip);
  }

  public void gateway(NatBox box) {
    gateway = box;
  }

  /** How many packets were put on this net. */
  public long carried() {
    return carried;
  }

  /** Carries a packet that {@code from} (an address on this net) sends. */
  public void send(InetAddress from, Packet packet) {
    carried++;
    Attachment sender = attachments.get(from);
    over(sender == null ? null : sender.link(), () -> route(packet));
  }

  private void route(Packet packet) {
    Attachment target = attachments.get(packet.destination().ip());
    if (target != null) {
      over(target.link(), () -> target.node().receive(packet));
    } else if (gateway != null) {
      gateway.leave(packet);
    }
  }

  private void over(@Nullable Link link, Runnable arrival) {
    if (link == null) {
      arrival.run();
      return;
    }
    for (int copy = link.copies(world.random()); copy > 0; copy--) {
      world.in(link.draw(world.random()), arrival);
    }
  }

  private record Attachment(Node node, Link link) {}

  /** Whatever can be sent a packet. */
  public interface Node {
    void receive(Packet packet);
  }
}
