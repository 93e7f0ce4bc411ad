package io.bradawl.protocol.sim.random.oracle;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.NatBehaviour.Early;
import io.bradawl.protocol.sim.nat.NatBehaviour.Scope;
import io.bradawl.protocol.sim.random.oracle.Gate.Sign;
import io.bradawl.protocol.sim.random.oracle.Terrain.Arrival;
import io.bradawl.protocol.sim.random.plan.Box;
import io.bradawl.protocol.sim.random.plan.Plan;
import io.bradawl.protocol.sim.random.plan.Side.Egress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Both peers send to all that they know of each other, again and again, until nothing changes any
 * more: the classic punch without time. Since boxes only open, the order does not matter.
 */
final class Punch {

  /** A guess that needs another one is none. */
  private static final int GUESSES = 2;

  private final Terrain terrain;
  private final Transport transport;
  private final Walker offerer;
  private final Walker answerer;

  private int rounds;

  /** What the peers have told each other of themselves. */
  private final Set<Spot> told = new HashSet<>();

  /**
   * @param disturbed whether boxes that mind early packets get them
   */
  Punch(Plan plan, boolean disturbed) {
    terrain = new Terrain(plan, (box, to) -> disturbed && minds(box) && told.contains(to));
    transport = plan.transport();
    offerer = new Walker(terrain.offerer(), plan.offerer().egress());
    answerer = new Walker(terrain.answerer(), plan.answerer().egress());
    offerer.tell(answerer);
    answerer.tell(offerer);
  }

  /** Whether it drops what comes too early, and gives the flow another port for that. */
  private static boolean minds(Box box) {
    NatBehaviour.Filtering filtering = box.behaviour().filtering();
    return filtering.early() == Early.MOVES_MAPPING
        && filtering.scope() != Scope.ENDPOINT_INDEPENDENT;
  }

  /** The same, if the other side guesses from where packets of this one come. */
  Punch guessing(Role whose) {
    (whose == Role.OFFERER ? offerer : answerer).guessed = true;
    return this;
  }

  boolean reaches() {
    int before = -1;
    while (size() > before && !works()) {
      before = round();
    }
    return works();
  }

  /** For TCP: whether a SYN of either side gets through in the end. */
  boolean reachesBothWays() {
    int before = -1;
    while (size() > before) {
      before = round();
    }
    return offerer.works && answerer.works;
  }

  /** After {@link #reachesBothWays}: whether it was a SYN of this side that got through. */
  boolean reachesFrom(Role side) {
    return (side == Role.OFFERER ? offerer : answerer).works;
  }

  private int round() {
    int before = size();
    rounds++;
    offerer.tryAll(answerer);
    answerer.tryAll(offerer);
    return before;
  }

  /** One way is enough for TCP; a UDP pair has to serve both. */
  private boolean works() {
    return transport == Transport.TCP
        ? offerer.works || answerer.works
        : offerer.works && answerer.works;
  }

  private int size() {
    return terrain.size() + offerer.size() + answerer.size();
  }

  private final class Walker {

    private final Station station;
    private final Egress egress;
    private final Set<Spot> own = new HashSet<>();
    private final Set<Spot> targets = new LinkedHashSet<>();
    private boolean works;
    private boolean guessed;

    Walker(Station station, Egress egress) {
      this.station = station;
      this.egress = egress;
      own.add(station.spot());
      if (egress != Egress.NO_UDP || transport == Transport.TCP) {
        Arrival seen = terrain.send(station, terrain.rendezvous().spot(), opening());
        if (seen != null) {
          own.add(seen.source());
          terrain.send(terrain.rendezvous(), seen.source(), answering());
        }
      }
    }

    void tell(Walker other) {
      own.forEach(other::learn);
      told.addAll(own);
    }

    private void learn(Spot spot) {
      if (!own.contains(spot)) {
        targets.add(spot);
      }
    }

    int size() {
      return targets.size() + (works ? 1 : 0);
    }

    void tryAll(Walker other) {
      if (!isFree()) {
        return;
      }
      for (Spot target : List.copyOf(targets)) {
        Arrival there = terrain.send(station, target, opening());
        if (guessed && rounds <= GUESSES) {
          other.learn(terrain.outermost());
        }
        if (there != null && there.at() == other.station) {
          arrived(other, target, there.source());
        }
      }
    }

    private void arrived(Walker other, Spot target, Spot source) {
      if (transport == Transport.UDP) {
        other.learn(source); // peer-reflexive; TCP accepts, and dials nobody for that
      }
      if (other.isFree()) {
        Arrival back = terrain.send(other.station, source, answering());
        works |= back != null && back.at() == station && back.source().equals(target);
      }
    }

    private boolean isFree() {
      return egress == Egress.ALL || egress == Egress.NO_UDP && transport == Transport.TCP;
    }
  }

  private Sign opening() {
    return transport == Transport.TCP ? Sign.SYN : Sign.DATAGRAM;
  }

  private Sign answering() {
    return transport == Transport.TCP ? Sign.ANSWER : Sign.DATAGRAM;
  }
}
