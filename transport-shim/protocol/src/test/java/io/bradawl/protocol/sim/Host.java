package io.bradawl.protocol.sim;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.Packet.Datagram;
import io.bradawl.protocol.sim.Packet.Segment;
import io.bradawl.protocol.sim.Packet.Unreachable;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A machine with an address, or one of each IP version, UDP sockets and a TCP stack. */
public final class Host implements Net.Node {

  private final World world;
  private final TcpStack tcp;
  private final Map<Integer, BiConsumer<TransportAddress, Octets>> udp = new HashMap<>();
  private final Map<Integer, BiConsumer<TransportAddress, Unreachable.Reason>> errors =
      new HashMap<>();
  private Net net;
  private InetAddress ip;
  private @Nullable Net net6;
  private @Nullable InetAddress ip6;
  private boolean hasIpv4 = true;
  private boolean plugged = true;
  private Predicate<TransportAddress> egress = to -> true;
  private boolean sendsUdp = true;
  private Predicate<Packet> ingress = packet -> true;

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

  public InetAddress ip() {
    return ip;
  }

  public TransportAddress at(int port) {
    return new TransportAddress(ip, port);
  }

  /** With what source it sends there, if it can. */
  TransportAddress at(int port, TransportAddress remote) {
    return new TransportAddress(remote.isIpv6() && ip6 != null ? ip6 : ip, port);
  }

  /** All that it has. */
  public List<TransportAddress> addresses(int port) {
    List<TransportAddress> all = new ArrayList<>();
    if (hasIpv4) {
      all.add(at(port));
    }
    if (ip6 != null) {
      all.add(new TransportAddress(ip6, port));
    }
    return all;
  }

  /** From now on it has an IPv6 address as well, on another net. */
  public Host alsoAt(Net other, InetAddress address, Link link) {
    net6 = other;
    ip6 = address;
    other.attach(address, link, this);
    return this;
  }

  public void leaveIpv4() {
    hasIpv4 = false;
    net.detach(ip);
  }

  public boolean hasIpv4() {
    return hasIpv4;
  }

  /** Whether it has an address of that version. */
  boolean reaches(TransportAddress remote) {
    return remote.isIpv6() ? ip6 != null : hasIpv4;
  }

  /** Binds a UDP socket; {@code receiver} gets source and content. */
  public void bind(int port, BiConsumer<TransportAddress, Octets> receiver) {
    udp.put(port, receiver);
  }

  /** Closes a UDP socket. */
  public void unbind(int port) {
    udp.remove(port);
    errors.remove(port);
  }

  /** {@code listener} hears of datagrams of this port that were not delivered, and why. */
  public void onError(int port, BiConsumer<TransportAddress, Unreachable.Reason> listener) {
    errors.put(port, listener);
  }

  public void sendDatagram(int port, TransportAddress to, Octets octets) {
    send(new Packet(at(port, to), to, new Datagram(octets)));
  }

  /** From now on nothing leaves and nothing arrives. */
  public void unplug() {
    net.detach(ip);
    plugged = false;
  }

  /** Cuts the wire or mends it; the host does not notice. */
  public void plugged(boolean isPlugged) {
    if (hasIpv4) {
      net.plugged(ip, isPlugged);
    }
    if (net6 != null && ip6 != null) {
      net6.plugged(ip6, isPlugged);
    }
  }

  /**
   * Goes elsewhere, as from one Wi-Fi to another; its sockets stay bound to their ports. There is
   * no IPv6 there.
   */
  public void move(Net other, InetAddress address, Link link) {
    net.detach(ip);
    if (net6 != null && ip6 != null) {
      net6.detach(ip6);
    }
    net6 = null;
    ip6 = null;
    hasIpv4 = true;
    net = other;
    ip = address;
    plugged = true;
    net.attach(address, link, this);
  }

  /** From now on packets leave for these addresses only. */
  public void restrict(Predicate<TransportAddress> allowed) {
    egress = allowed;
  }

  /** From now on no datagrams leave. */
  public void withoutUdp() {
    sendsUdp = false;
  }

  public boolean sendsUdp() {
    return sendsUdp;
  }

  /** From now on this host sees these packets only. */
  public void admit(Predicate<Packet> allowed) {
    ingress = allowed;
  }

  public void send(Packet packet) {
    boolean allowed = sendsUdp || !(packet.payload() instanceof Datagram);
    TransportAddress to = packet.destination();
    if (!plugged || !allowed || !reaches(to) || !egress.test(to)) {
      return;
    }
    if (to.isIpv6() && net6 != null && ip6 != null) {
      net6.send(ip6, packet);
    } else {
      net.send(ip, packet);
    }
  }

  @Override
  public void receive(Packet packet) {
    if (!plugged || !ingress.test(packet)) {
      return;
    }
    if (packet.payload() instanceof Datagram datagram) {
      receive(packet, datagram);
    } else if (packet.payload() instanceof Segment segment) {
      tcp.receive(packet, segment);
    } else if (packet.payload() instanceof Unreachable error) {
      receive(error);
    }
  }

  private void receive(Packet packet, Datagram datagram) {
    BiConsumer<TransportAddress, Octets> receiver = udp.get(packet.destination().port());
    if (receiver == null) {
      send(packet.error(packet.destination(), Unreachable.Reason.PORT));
    } else {
      receiver.accept(packet.source(), datagram.octets());
    }
  }

  private void receive(Unreachable error) {
    if (error.transport() == Transport.TCP) {
      tcp.receive(error);
      return;
    }
    BiConsumer<TransportAddress, Unreachable.Reason> listener = errors.get(error.from().port());
    if (listener != null) {
      listener.accept(error.to(), error.reason());
    }
  }
}
