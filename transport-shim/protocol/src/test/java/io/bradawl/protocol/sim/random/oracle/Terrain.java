package io.bradawl.protocol.sim.random.oracle;

import io.bradawl.protocol.sim.Site;
import io.bradawl.protocol.sim.nat.NatBehaviour.Hairpin;
import io.bradawl.protocol.sim.random.oracle.Gate.Sign;
import io.bradawl.protocol.sim.random.plan.Box;
import io.bradawl.protocol.sim.random.plan.Plan;
import io.bradawl.protocol.sim.random.plan.Side;
import io.bradawl.protocol.sim.random.plan.Stranger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nets and boxes of a plan, and what becomes of packets in them. */
final class Terrain {

  private static final int MAX_HOPS = 20;

  private final List<Gate> gates = new ArrayList<>();
  private final Gate.Rules rules;
  private final Station offerer;
  private final Station answerer;
  private final Station rendezvous;
  private Spot outermost;

  Terrain(Plan plan, Gate.Rules rules) {
    this.rules = rules;
    Area internet = new Area();
    rendezvous = station("rendezvous", internet, new Spot(Site.ip(70, 0, 0, 1), "rendezvous"));
    outermost = rendezvous.spot();
    Area common = behind(plan.shared(), internet);
    offerer = home("offerer", plan.offerer(), plan.answerer(), common);
    answerer = home("answerer", plan.answerer(), plan.offerer(), common);
  }

  Station offerer() {
    return offerer;
  }

  Station answerer() {
    return answerer;
  }

  Station rendezvous() {
    return rendezvous;
  }

  /** How much is open in all boxes. */
  int size() {
    return gates.stream().mapToInt(Gate::size).sum();
  }

  /** As whom the packet before was seen farthest out. */
  Spot outermost() {
    return outermost;
  }

  /** Where a packet gets to, or {@code null} if nowhere. */
  @Nullable Arrival send(Station from, Spot to, Sign sign) {
    Area area = from.area();
    Spot source = from.spot();
    Spot destination = to;
    outermost = source;
    for (int hops = 0; hops < MAX_HOPS; hops++) {
      Area.Place place = area.at(destination.ip());
      if (place instanceof Station station) {
        return station.spot().equals(destination) ? new Arrival(station, source) : null;
      }
      Gate gate = place instanceof Gate inward ? inward : area.gate();
      if (gate == null) {
        return null;
      }
      boolean leaving = place == null;
      boolean back = leaving && gate.isBack(destination);
      if (back && !gate.hairpins()) {
        return null;
      }
      Spot mapped = leaving ? gate.leave(source, destination) : source;
      outermost = leaving ? mapped : outermost;
      if (leaving && !back) {
        area = gate.outside();
      } else {
        Spot owner = gate.enter(mapped, destination, sign);
        if (owner == null) {
          return null;
        }
        destination = owner;
        area = gate.inside();
      }
      source = back && gate.hairpin() == Hairpin.INTERNAL_SOURCE ? source : mapped;
    }
    return null;
  }

  private Station home(String name, Side side, Side other, Area common) {
    Area area = behind(side.boxes(), common);
    if (side.stranger() != Stranger.NOBODY) {
      station("stranger", area, new Spot(other.ip(), "any"));
    }
    return station(name, area, new Spot(side.ip(), name));
  }

  private Area behind(List<Box> boxes, Area outermost) {
    Area area = outermost;
    for (Box box : boxes) {
      Area inside = new Area();
      gates.add(new Gate(box, inside, area, rules));
      area = inside;
    }
    return area;
  }

  private static Station station(String name, Area area, Spot spot) {
    Station station = new Station(name, area, spot);
    area.put(spot.ip(), station);
    return station;
  }

  /**
   * @param source as the receiver sees it
   */
  record Arrival(Station at, Spot source) {}
}
