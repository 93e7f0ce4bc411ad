package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.Host;
import io.bradawl.protocol.sim.Link;
import io.bradawl.protocol.sim.Link.Width;
import io.bradawl.protocol.sim.NatBox;
import io.bradawl.protocol.sim.Net;
import io.bradawl.protocol.sim.Rendezvous;
import io.bradawl.protocol.sim.TcpRelay;
import io.bradawl.protocol.sim.UdpRelay;
import io.bradawl.protocol.sim.World;
import io.bradawl.protocol.sim.random.plan.Box;
import io.bradawl.protocol.sim.random.plan.Fault;
import io.bradawl.protocol.sim.random.plan.Ipv6;
import io.bradawl.protocol.sim.random.plan.Plan;
import io.bradawl.protocol.sim.random.plan.Side;
import io.bradawl.protocol.sim.random.plan.Side.Egress;
import io.bradawl.protocol.sim.random.plan.Stranger;
import io.bradawl.protocol.sim.random.plan.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A plan as it stands in the simulated internet. */
final class Landscape {

  private final Transport transport;
  private final World world;
  private final Net ipv6;
  private final Rendezvous rendezvous;
  private final TcpRelay tcpRelay;
  private final UdpRelay udpRelay;
  private final List<NatBox> boxes = new ArrayList<>();
  private final List<WrongHost> strangers = new ArrayList<>();
  private final @Nullable Spy spy;
  private final Host offerer;
  private final Host answerer;
  private final @Nullable Side elsewhere;
  private final Net netElsewhere;

  Landscape(Plan plan) {
    transport = plan.transport();
    world = new World(plan.seed());
    ipv6 = new Net(world);
    Net internet = new Net(world);
    rendezvous = new Rendezvous(world, internet, plan.serverDelay());
    tcpRelay = new TcpRelay(world, internet);
    udpRelay = new UdpRelay(world, internet);
    spy = plan.spied() ? new Spy(world, internet) : null;
    serve(ipv6, plan.serverDelay());
    Net common = behind(plan.shared(), internet);
    offerer = home(plan.offerer(), plan.answerer(), common);
    answerer = home(plan.answerer(), plan.offerer(), common);
    elsewhere = plan.elsewhere();
    netElsewhere = elsewhere == null ? internet : behind(elsewhere.boxes(), internet);
  }

  private void serve(Net internet, Duration delay) {
    rendezvous.alsoOn(internet, delay);
    tcpRelay.alsoOn(internet, delay);
    udpRelay.alsoOn(internet, delay);
  }

  World world() {
    return world;
  }

  Rendezvous rendezvous() {
    return rendezvous;
  }

  TcpRelay tcpRelay() {
    return tcpRelay;
  }

  UdpRelay udpRelay() {
    return udpRelay;
  }

  List<NatBox> boxes() {
    return boxes;
  }

  Host offerer() {
    return offerer;
  }

  Host answerer() {
    return answerer;
  }

  void begin(Fault fault) {
    switch (fault.kind()) {
      case NAT_REBOOT -> boxes.get(fault.which()).reboot();
      case NAT_REBINDING -> boxes.get(fault.which()).rebind();
      case LINE_DOWN -> boxes.get(fault.which()).plugged(false);
      case LINK_DOWN -> host(fault).plugged(false);
      case RENDEZVOUS_DOWN -> rendezvous.kill();
      case RELAY_DOWN -> {
        tcpRelay.kill();
        udpRelay.kill();
      }
      case MOVE -> move(host(fault), Objects.requireNonNull(elsewhere));
    }
  }

  private void move(Host host, Side home) {
    host.move(netElsewhere, home.ip(), link(home.way()));
  }

  void mend(Fault fault) {
    switch (fault.kind()) {
      case NAT_REBOOT, NAT_REBINDING, MOVE -> {}
      case LINE_DOWN -> boxes.get(fault.which()).plugged(true);
      case LINK_DOWN -> host(fault).plugged(true);
      case RENDEZVOUS_DOWN -> rendezvous.start();
      case RELAY_DOWN -> {
        tcpRelay.start();
        udpRelay.start();
      }
    }
  }

  private Host host(Fault fault) {
    return fault.which() == 0 ? offerer : answerer;
  }

  /** How often the application's data got to a wrong host. */
  int misled() {
    int bySpy = spy == null ? 0 : spy.misled();
    return bySpy + strangers.stream().mapToInt(WrongHost::misled).sum();
  }

  private Host home(Side side, Side other, Net common) {
    Net net = behind(side.boxes(), common);
    if (side.stranger() != Stranger.NOBODY) {
      Host wrong = new Host(world, net, other.ip(), link(side.way()));
      strangers.add(new WrongHost(wrong, side.stranger()));
    }
    Host host = new Host(world, net, side.ip(), link(side.way()));
    Ipv6 there = side.ipv6();
    if (there != null) {
      connect(host, there);
    }
    if (side.egress() == Egress.SERVERS) {
      host.restrict(this::isServer);
    } else if (side.egress() == Egress.NO_UDP && transport == Transport.UDP) {
      host.withoutUdp();
    }
    return host;
  }

  private boolean isServer(TransportAddress address) {
    return rendezvous.addresses().contains(address)
        || tcpRelay.addresses().contains(address)
        || udpRelay.addresses().contains(address);
  }

  private void connect(Host host, Ipv6 there) {
    Net net = ipv6;
    for (Box box : there.boxes()) {
      Net inside = new Net(world);
      new NatBox(world, inside, net, box.ip(), link(box.way()), box.behaviour());
      net = inside;
    }
    host.alsoAt(net, there.ip(), link(there.way()));
    if (there.only()) {
      host.leaveIpv4();
    }
  }

  private Net behind(List<Box> chain, Net outermost) {
    Net net = outermost;
    for (Box box : chain) {
      Net inside = new Net(world);
      boxes.add(new NatBox(world, inside, net, box.ip(), link(box.way()), box.behaviour()));
      net = inside;
    }
    return net;
  }

  private static Link link(Way way) {
    Link plain = new Link(way.delay(), way.jitter(), way.loss(), way.duplication());
    Width width = way.isNarrow() ? new Width(way.mtu(), way.tells(), Long.MAX_VALUE) : Width.ANY;
    return plain.straggling(way.straggling()).carrying(width);
  }
}
