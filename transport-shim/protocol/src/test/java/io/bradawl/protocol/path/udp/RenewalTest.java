package io.bradawl.protocol.path.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenewalTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Renewal renewal = new Renewal();
  private long now = -5 * SECOND;

  @Test
  void aPathThatHasFallenIsOfferedAgainAtLongerAndLongerIntervals() {
    renewal.leads(false, now);
    renewal.leads(true, now);
    assertThat(minutesOfOffers(64)).containsExactly(1L, 3L, 7L, 15L, 31L, 47L, 63L);
  }

  @Test
  void aPathThatNeverWasDirectIsLeftAlone() {
    renewal.leads(true, now);
    assertThat(minutesOfOffers(64)).isEmpty();
  }

  @Test
  void anotherPathByRelayInItsPlaceChangesNothing() {
    renewal.leads(false, now);
    renewal.leads(true, now);
    now += 30 * SECOND;
    renewal.leads(true, now);
    assertThat(renewal.take(now + 30 * SECOND)).isTrue();
  }

  @Test
  void onceDirectAgainItBeginsAnew() {
    renewal.leads(false, now);
    renewal.leads(true, now);
    minutesOfOffers(20);
    renewal.leads(false, now);
    assertThat(minutesOfOffers(64)).isEmpty();
    renewal.leads(true, now);
    assertThat(minutesOfOffers(4)).containsExactly(1L, 3L);
  }

  private List<Long> minutesOfOffers(int minutes) {
    List<Long> offers = new ArrayList<>();
    long origin = now;
    for (long end = now + minutes * 60 * SECOND; now < end; now += SECOND) {
      if (renewal.take(now)) {
        offers.add((now - origin) / (60 * SECOND));
      }
    }
    return offers;
  }
}
