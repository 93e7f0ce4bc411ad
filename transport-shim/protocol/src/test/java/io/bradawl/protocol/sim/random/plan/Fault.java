package io.bradawl.protocol.sim.random.plan;

import java.time.Duration;
import java.util.Locale;

/**
 * Something that breaks.
 *
 * @param which box (those shared first, then the offerer's, then the answerer's), or side: 0 for
 *     the offerer, 1 for the answerer
 * @param rest after the peers have met, or after the fault before
 * @param lasting until it is mended, if it has to be
 * @param joins whether it begins together with the fault before
 */
public record Fault(Kind kind, int which, Duration rest, Duration lasting, boolean joins) {

  public enum Kind {
    /** A box forgets everything. */
    NAT_REBOOT,
    /** A box forgets its mappings, and gives what is still in use other ports. */
    NAT_REBINDING,
    /** The line of a box to the outside is dead for a while. */
    LINE_DOWN,
    /** A host's own link is dead for a while. */
    LINK_DOWN,
    RENDEZVOUS_DOWN,
    /** The relays lose their allocations and are gone for a while. */
    RELAY_DOWN,
    /** A host goes to another network, see {@link Plan#elsewhere}. */
    MOVE;

    public boolean concernsBox() {
      return this == NAT_REBOOT || this == NAT_REBINDING || this == LINE_DOWN;
    }

    /** Whether it is over at once. */
    public boolean isShort() {
      return this == NAT_REBOOT || this == NAT_REBINDING || this == MOVE;
    }
  }

  @Override
  public String toString() {
    String end =
        kind.isShort() ? "" : String.format(Locale.ROOT, " for %.1f s", lasting.toMillis() / 1e3);
    String what = kind == Kind.RENDEZVOUS_DOWN || kind == Kind.RELAY_DOWN ? "" : " " + which;
    String when =
        joins ? "at once" : String.format(Locale.ROOT, "after %.1f s", rest.toMillis() / 1e3);
    return kind + what + " " + when + end;
  }
}
