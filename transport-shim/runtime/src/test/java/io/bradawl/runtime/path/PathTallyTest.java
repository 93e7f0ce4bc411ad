package io.bradawl.runtime.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Candidate.Kind;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.signal.PathCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTallyTest {

  private final List<PathCounts> heard = new ArrayList<>();
  private final PathTally tally = new PathTally(heard::add);

  @Test
  void countsPathsAsTheyComeChangeAndGo() {
    PathTally.Entry one = tally.entry(Transport.UDP);
    PathTally.Entry other = tally.entry(Transport.UDP);
    one.is(Kind.RELAYED);
    other.is(Kind.RELAYED);
    one.is(Kind.HOST);
    one.is(null);
    other.is(null);
    assertThat(heard)
        .containsExactly(
            udp(Map.of(Kind.RELAYED, 1)),
            udp(Map.of(Kind.RELAYED, 2)),
            udp(Map.of(Kind.RELAYED, 1, Kind.HOST, 1)),
            udp(Map.of(Kind.RELAYED, 1)),
            PathCounts.NONE);
  }

  @Test
  void saysNothingWhenNothingChanges() {
    PathTally.Entry entry = tally.entry(Transport.TCP);
    entry.is(null);
    entry.is(Kind.HOST);
    entry.is(Kind.HOST);
    assertThat(heard).hasSize(1);
  }

  private static PathCounts udp(Map<Kind, Integer> counts) {
    return new PathCounts(Map.of(Transport.UDP, counts));
  }
}
