package io.bradawl.protocol.sim.probe;

import io.bradawl.protocol.sim.Host;
import io.bradawl.protocol.sim.Link;
import io.bradawl.protocol.sim.Net;
import io.bradawl.protocol.sim.Site;
import io.bradawl.protocol.sim.World;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import java.time.Duration;

/** A NAT of the simulation between simulated hosts. */
public final class SimulatedStage implements Stage {

  private static final Link LINE = Link.of(Duration.ofMillis(5));
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final World world;
  private final NatBehaviour behaviour;
  private final Places places;

  public SimulatedStage(NatBehaviour behaviour, long seed) {
    this.behaviour = behaviour;
    world = new World(seed);
    Net internet = new Net(world);
    Site site = Site.of(world, internet, behaviour, 1, LINE);
    places =
        new Places(
            new SimulatedVantage(site.host()),
            new SimulatedVantage(site.neighbour(world, Site.ip(10, 0, 0, 99))),
            outside(internet, 2),
            outside(internet, 3),
            site.boxes().get(0).ip());
    if (!behaviour.translates()) {
      site.boxes().get(0).fronting(places.neighbour().ip());
    }
  }

  private Vantage outside(Net internet, int number) {
    Host host = Site.of(world, internet, null, number, LINE).host();
    host.admit(
        packet -> !packet.isSyn() || packet.destination().port() / 2 != Vantage.DEAF_PORT / 2);
    return new SimulatedVantage(host);
  }

  @Override
  public Places places() {
    return places;
  }

  @Override
  public Duration udpLifetime() {
    return behaviour.lifetimes().udp();
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  @Override
  public void pass(Duration time) {
    world.run(time);
  }

  @Override
  public long now() {
    return world.now();
  }
}
