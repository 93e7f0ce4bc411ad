package io.bradawl.it.matrix;

import io.bradawl.it.matrix.Situation.Reach;
import java.util.ArrayList;
import java.util.List;

/** The table, in Markdown. */
final class Report {
  private static final String HEAD =
      """
      # NAT x NAT

      What `it-tests/matrix` printed last. The packaged agents and unmodified programs in kernel namespaces; one way from each peer to
      the middle takes 10 ms, so a round trip takes 40 ms between the peers and to the rendezvous, and 80 ms by a relay. All NATs give
      translated ports. Those of Linux are the kernel's own, the others those of the simulation between real hosts.

      A cell says how the last 200 kB went by the counters of the server's kernel; then two times in ms since the application's first
      call, with a new socket in a process that has met the peer before (medians of 5): to the first octet back / to the first that
      came back too soon for a relay; in brackets, the first octet in a process that has not met the peer.
      **open**: relayed, but a technique that is still to come (port prediction, spraying) could make it direct.
      **FAILS**: worse than it should be.

      | one | other | TCP | UDP |
      | --- | --- | --- | --- |
      """;

  private final List<String> rows = new ArrayList<>();
  private int failures;

  void add(Situation situation, Outcome tcp, Outcome udp) {
    rows.add(
        "| %s | %s | %s | %s |"
            .formatted(
                situation.server(),
                situation.client(),
                cell(situation.tcp(), tcp),
                cell(situation.udp(), udp)));
  }

  String lastRow() {
    return rows.get(rows.size() - 1);
  }

  int failures() {
    return failures;
  }

  String markdown() {
    return HEAD + String.join("\n", rows) + "\n";
  }

  private String cell(Reach reach, Outcome outcome) {
    if (!outcome.connected() || reach == Reach.DIRECT && !outcome.direct()) {
      failures++;
      return "**FAILS** " + outcome;
    }
    boolean open = reach == Reach.OPEN && !outcome.direct();
    return open ? outcome + " **open**" : outcome.toString();
  }
}
