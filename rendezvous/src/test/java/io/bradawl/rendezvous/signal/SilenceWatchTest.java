package io.bradawl.rendezvous.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.admission.Quotas;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {

  private static final Limits LIMITS =
      new Limits(10, Duration.ofSeconds(10), Duration.ofSeconds(60), 100, Quotas.DEFAULT);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private record Line(EmbeddedChannel channel, PeerConnection connection) {

    static Line open() {
      EmbeddedChannel channel = new EmbeddedChannel();
      return new Line(channel, new PeerConnection(channel));
    }
  }

  private final SilenceWatch watch = new SilenceWatch(LIMITS);
  private final long before = System.nanoTime();
  private final List<Line> lines = Stream.generate(Line::open).limit(3).toList();
  private final long start = System.nanoTime();

  private List<Boolean> open() {
    return lines.stream().map(line -> line.channel().isOpen()).toList();
  }

  private void watchAll() {
    lines.forEach(line -> watch.add(line.connection()));
  }

  @Test
  void whoHasSaidNothingGetsLessTimeThanWhoHas() {
    watchAll();
    lines.get(1).connection().spoke(start + SECOND);

    watch.look(before + 9 * SECOND);
    assertThat(open()).containsExactly(true, true, true);
    watch.look(start + 11 * SECOND);
    assertThat(open()).containsExactly(false, true, false);
    watch.look(start + 60 * SECOND);
    assertThat(lines.get(1).channel().isOpen()).isTrue();
    watch.look(start + 62 * SECOND);
    assertThat(lines.get(1).channel().isOpen()).isFalse();
  }

  @Test
  void whoGoesLeavesTheOthersWatched() {
    watchAll();

    watch.remove(lines.get(0).connection());
    watch.look(start + 11 * SECOND);
    assertThat(open()).containsExactly(true, false, false);
    watch.remove(lines.get(2).connection());
    watch.remove(lines.get(1).connection());
    watch.add(lines.get(0).connection());
    watch.look(start + 11 * SECOND);
    assertThat(open()).containsExactly(false, false, false);
  }

  @Test
  void theReasonNamesTheLimit() {
    watchAll();
    watch.look(start + 11 * SECOND);

    assertThat(Closing.reason(lines.get(0).channel())).isEqualTo("silent for 10 s");
  }
}
