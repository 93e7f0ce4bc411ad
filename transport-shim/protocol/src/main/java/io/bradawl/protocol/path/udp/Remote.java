package io.bradawl.protocol.path.udp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One address of the other peer. As there is only one local socket, a remote address is a candidate
 * pair (RFC 8445 section 6.1.2).
 */
final class Remote {

  private final Candidate candidate;
  private final long firstDue;
  private @Nullable Check check;
  private boolean sourceProven;
  private boolean valid;
  private boolean nominated;

  Remote(Candidate candidate, long firstDue) {
    this.candidate = candidate;
    this.firstDue = firstDue;
  }

  TransportAddress address() {
    return candidate.address();
  }

  Candidate.Kind kind() {
    return candidate.kind();
  }

  /** RFC 8445 section 5.1.2.1, type and local preference only: host first, and IPv6 before IPv4. */
  int priority() {
    int type =
        switch (candidate.kind()) {
          case HOST -> 126;
          case PEER_REFLEXIVE -> 110;
          case SERVER_REFLEXIVE -> 100;
          case RELAYED -> 0;
        };
    return 2 * type + (address().isIpv6() ? 1 : 0);
  }

  @Nullable Check check() {
    return check;
  }

  void begin(Check check) {
    this.check = check;
  }

  /** When the next check is due, as far as this address is concerned. */
  long due() {
    return check == null ? firstDue : check.due();
  }

  boolean isSent() {
    return check != null;
  }

  /** Whether something proven has come from here. */
  boolean isSourceProven() {
    return sourceProven;
  }

  void proveSource() {
    sourceProven = true;
  }

  /** Whether a check was answered from here: datagrams go both ways (RFC 8445 section 7.2.5.3). */
  boolean isValid() {
    return valid;
  }

  void validate() {
    valid = true;
  }

  /** Whether the offerer has named this one. */
  boolean isNominated() {
    return nominated;
  }

  void nominate() {
    nominated = true;
  }

  /** For the failure text: {@code server-reflexive 80.1.0.2:40001 (9 checks unanswered)}. */
  @Override
  public String toString() {
    int checks = check == null ? 0 : check.sends();
    String heard = sourceProven ? ", though heard from" : "";
    return String.format(Locale.ROOT, "%s (%d checks unanswered%s)", candidate, checks, heard);
  }
}
