package io.bradawl.protocol.sim;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.Packet.Datagram;
import io.bradawl.protocol.sim.Packet.Segment;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** A machine with one address, UDP sockets and a TCP stack. */
public final class Host implements Net.Node {

  private final World world;
  private final Net net;
  private final InetAddress ip;
  private final TcpStack tcp;
  private boolean plugged = true;
  private Predicate<TransportAddress> egress = to -> true;
  private final Map<Integer, BiConsumer<TransportAddress, Octets>> udp = new HashMap<>();

  public Host(World world, Net net, InetAddress ip, Link link) {
    this.world = world;
    this.net = net;
    this.ip = ip;
    this.tcp = new TcpStack(this, world);
    net.attach(ip, link, this);
  }

  public World world() {
    return world;
  }

  public TcpStack tcp() {
    return tcp;
  }

  public TransportAddress at(int port) {
    return new TransportAddress(ip, port);
  }

  /** Binds a UDP socket; {@code receiver} gets source and content. */
  public void bind(int port, BiConsumer<TransportAddress, Octets> receiver) {
    udp.put(port, receiver);
  }

  public void sendDatagram(int port, TransportAddress to, Octets octets) {
    send(new Packet(at(port), to, new Datagram(octets)));
  }

  /** From now on nothing leaves and nothing arrives. */
  public void unplug() {
    net.detach(ip);
    plugged = false;
  }

  /** From now on packets leave for these addresses only. */
  public void restrict(Predicate<TransportAddress> allowed) {
    egress = allowed;
  }

  public void send(Packet packet) {
    if (plugged && egress.test(packet.destination())) {
      net.send(ip, packet);
    }
  }

  @Override
  public void receive(Packet packet) {
    if (packet.payload() instanceof Datagram datagram) {
      BiConsumer<TransportAddress, Octets> receiver = udp.get(packet.destination().port());
      if (receiver != null) {
        receiver.accept(packet.source(), datagram.octets());
      }
    } else if (packet.payload() instanceof Segment segment) {
      tcp.receive(packet, segment);
    }
  }
}
