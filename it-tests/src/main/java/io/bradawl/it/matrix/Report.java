package io.bradawl.it.matrix;

import io.bradawl.it.matrix.Situation.Reach;
import io.bradawl.it.probe.Journey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The tables, in Markdown. */
final class Report {
  private static final String HEAD =
      """
      # NAT x NAT

      What `it-tests/matrix` printed last. The packaged agents and unmodified programs in kernel namespaces; one way from each peer to
      the middle takes 10 ms, so a round trip takes 40 ms between the peers and to the rendezvous, and 80 ms by a relay. All NATs give
      translated ports. Those of Linux and the firewalls of IPv6 are the kernel's own, the others those of the simulation between real hosts.

      A cell says how the last %d kB went by the counters of the server's kernel; then two times in ms since the application's first
      call, with a new socket in a process that has met the peer before (medians of 5): to the first octet back / to the first that
      came back too soon for a relay; in brackets, the first octet in a process that has not met the peer.
      **open**: relayed, but a technique that is still to come could make it direct: port prediction, spraying, and datagrams over a
      punched TCP connection where UDP does not get through. **FAILS**: worse than it should be. *again*: the first attempt was worse.

      %s

      | one | other | TCP | UDP |
      | --- | --- | --- | --- |
      """;

  private static final String BESIDE_OTHERS =
      """

      ## Beside others

      Times to connect over UDP, ms, first byte / direct, at the same 40 ms. The others' figures are from one run of them on a machine with
      as many cores (medians of 5); compare orders of magnitude.

      | situation | Bradawl | iroh | hyperdht | ice4j | libjuice |
      | --- | --- | --- | --- | --- | --- |
      """;

  private final Map<Situation, Outcome.Both> outcomes = new LinkedHashMap<>();
  private final Map<Situation, Outcome.Both> before = new LinkedHashMap<>();

  /** A second time it replaces what there was, unless that was better. */
  void add(Situation situation, Outcome.Both outcome) {
    Outcome.Both first = outcomes.get(situation);
    if (first == null) {
      outcomes.put(situation, outcome);
    } else {
      before.put(situation, first);
      outcomes.put(
          situation,
          new Outcome.Both(
              isBad(situation.tcp(), first.tcp()) ? outcome.tcp() : first.tcp(),
              isBad(situation.udp(), first.udp()) ? outcome.udp() : first.udp()));
    }
  }

  /** Those with a cell that fails. */
  List<Situation> failing() {
    return outcomes.keySet().stream().filter(each -> failures(each) > 0).toList();
  }

  int failures() {
    return outcomes.keySet().stream().mapToInt(this::failures).sum();
  }

  private int failures(Situation situation) {
    return failures(situation, outcomes.getOrDefault(situation, Outcome.Both.FAILED));
  }

  /** How many of the two cells are worse than they should be. */
  static int failures(Situation situation, Outcome.Both both) {
    return (isBad(situation.tcp(), both.tcp()) ? 1 : 0)
        + (isBad(situation.udp(), both.udp()) ? 1 : 0);
  }

  private static boolean isBad(Reach reach, Outcome outcome) {
    return !outcome.connected() || reach == Reach.DIRECT && !outcome.direct();
  }

  String row(Situation situation) {
    Outcome.Both both = outcomes.getOrDefault(situation, Outcome.Both.FAILED);
    Optional<Outcome.Both> first = Optional.ofNullable(before.get(situation));
    boolean tcpAgain = first.filter(f -> isBad(situation.tcp(), f.tcp())).isPresent();
    boolean udpAgain = first.filter(f -> isBad(situation.udp(), f.udp())).isPresent();
    return "| %s | %s | %s | %s |"
        .formatted(
            situation.server(),
            situation.client(),
            cell(situation.tcp(), both.tcp(), tcpAgain),
            cell(situation.udp(), both.udp(), udpAgain));
  }

  private static String cell(Reach reach, Outcome outcome, boolean again) {
    String fails = isBad(reach, outcome) ? "**FAILS** " : "";
    boolean open = reach == Reach.OPEN && outcome.connected() && !outcome.direct();
    return fails + outcome + (open ? " **open**" : "") + (again ? " *again*" : "");
  }

  /** How many cells are what. */
  String summary() {
    List<Outcome> cells =
        outcomes.values().stream().flatMap(b -> List.of(b.tcp(), b.udp()).stream()).toList();
    return "%d situations, %d cells: %d direct, %d relayed, %d not connected; %d fail."
        .formatted(
            outcomes.size(),
            cells.size(),
            count(cells, outcome -> outcome.connected() && outcome.direct()),
            count(cells, outcome -> outcome.connected() && !outcome.direct()),
            count(cells, outcome -> !outcome.connected()),
            failures());
  }

  private static long count(List<Outcome> cells, Predicate<Outcome> what) {
    return cells.stream().filter(what).count();
  }

  String markdown() {
    return HEAD.formatted(Journey.VOLUME / 1000, summary())
        + lines(outcomes.keySet().stream().map(this::row).toList())
        + besideOthers();
  }

  private String besideOthers() {
    List<String> rows =
        outcomes.entrySet().stream()
            .flatMap(
                entry ->
                    Rival.row(entry.getKey()).stream()
                        .map(rivals -> beside(entry.getKey(), entry.getValue().udp(), rivals)))
            .toList();
    return rows.isEmpty() ? "" : BESIDE_OTHERS + lines(rows);
  }

  private static String beside(Situation situation, Outcome udp, String rivals) {
    String direct = udp.direct() ? Outcome.text(udp.firstDirect()) : "relayed";
    return "| %s | %s / %s | %s |"
        .formatted(situation.name(), Outcome.text(udp.firstByte()), direct, rivals);
  }

  private static String lines(List<String> rows) {
    return rows.stream().map(row -> row + "\n").collect(Collectors.joining());
  }
}
