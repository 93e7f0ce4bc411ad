package io.bradawl.protocol.path.udp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Candidate.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A candidate pair and what is known of it. */
final class CheckedPair {

  /** How often it is sent: three seconds while another pair is wanted badly. */
  private static final int SAME_CHECK = 6;

  private final Pair pair;
  private final Candidate candidate;
  private final long firstDue;
  private @Nullable Check check;
  private boolean sourceProven;
  private boolean valid;

  /**
   * @param candidate the remote half
   */
  CheckedPair(Pair.Base base, Candidate candidate, long firstDue) {
    this.pair = new Pair(base, candidate.address());
    this.candidate = candidate;
    this.firstDue = firstDue;
  }

  Pair pair() {
    return pair;
  }

  /** {@code RELAYED} if a relay of either side is on the way. */
  Kind kind() {
    return pair.isRelayed() ? Kind.RELAYED : candidate.kind();
  }

  boolean isRelayed() {
    return kind() == Kind.RELAYED;
  }

  /** RFC 8445 section 5.1.2.1, type and local preference only: host first, and IPv6 before IPv4. */
  int priority() {
    int type =
        switch (candidate.kind()) {
          case HOST -> 126;
          case PEER_REFLEXIVE -> 110;
          case SERVER_REFLEXIVE -> 100;
          case RELAYED -> 1;
        };
    int relays = (pair.isRelayed() ? 1 : 0) + (candidate.kind() == Kind.RELAYED ? 1 : 0);
    return switch (relays) {
      case 0 -> 2 * type + (pair.remote().isIpv6() ? 1 : 0);
      case 1 -> 1;
      default -> 0;
    };
  }

  @Nullable Check check() {
    return check;
  }

  void begin(Check check) {
    this.check = check;
  }

  /** What was proven does not count any more: {@code check} shows whether the pair works now. */
  void renew(Check check) {
    this.check = check;
    valid = false;
  }

  /**
   * Whether the present check is to be sent once more instead of a new one: a round trip may be
   * longer than the pause between rounds.
   */
  boolean mayYetAnswer() {
    return check != null && !valid && check.sends() < SAME_CHECK;
  }

  /** When the next check is due, as far as this pair is concerned. */
  long due() {
    return check == null ? firstDue : check.due();
  }

  boolean isSent() {
    return check != null;
  }

  /** Whether something proven has come this way. */
  boolean isSourceProven() {
    return sourceProven;
  }

  void proveSource() {
    sourceProven = true;
  }

  /** Whether a check was answered: datagrams go both ways (RFC 8445 section 7.2.5.3). */
  boolean isValid() {
    return valid;
  }

  void validate() {
    valid = true;
  }

  /** The pair does not work any more. */
  void invalidate() {
    check = null;
    valid = false;
  }

  /** For the failure text: {@code server-reflexive 80.1.0.2:40001 (9 checks unanswered)}. */
  @Override
  public String toString() {
    int checks = check == null ? 0 : check.sends();
    String way = pair.isRelayed() ? " by relay" : "";
    String heard = sourceProven ? ", though heard from" : "";
    return String.format(
        Locale.ROOT, "%s%s (%d checks unanswered%s)", candidate, way, checks, heard);
  }
}
