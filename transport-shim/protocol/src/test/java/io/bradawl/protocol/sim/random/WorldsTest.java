package io.bradawl.protocol.sim.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.sim.random.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first few thousand worlds; {@code it-tests/worlds} lives through many more. */
class WorldsTest {

  private static final int WORLDS = 3_000;

  @Test
  void everyWorldIsAsTheOracleSays() {
    List<String> failures = new ArrayList<>();
    for (long seed = 0; seed < WORLDS; seed++) {
      Outcome outcome = Course.of(Plan.of(seed));
      if (!outcome.isGood()) {
        failures.add(outcome.plan() + "\n  " + outcome.violations());
      }
    }
    assertThat(failures).as("replay with it-tests/worlds --seed N").isEmpty();
  }

  /** What was wrong in these worlds is told in docs/testing.md. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "65, a spy whose copy of a check came first",
    "1855, a new mapping that nobody told of",
    "4665, a connection to the relay that nobody took up",
    "7461, refused by a host that did not listen yet",
    "10818, on the relay since a NAT changed a mapping",
    "10893, early packets over a hairpin",
    "11017, a NAT that answers SYNs with RST behind a hairpin",
    "20281, one RST shut an address-dependent filter",
    "20636, the relay's answer lost",
    "22974, a nomination that came too late",
    "26111, a relay that was down and took orders all the same",
    "29852, a relayed address that nobody told of passed for a direct one",
    "30880, a NAT reboot where early packets move mappings",
    "41582, who was refused too early came again too late",
    "75917, one way only and RST at its end",
    "77055, only who keeps refusing gets through"
  })
  void whatWasFoundStaysMended(long seed, String what) {
    Outcome outcome = Course.of(Plan.of(seed));
    assertThat(outcome.violations()).as(what + "\n" + outcome.plan()).isEmpty();
  }

  @Test
  void oneSeedIsOneWorld() {
    List<String> once = new ArrayList<>();
    List<String> again = new ArrayList<>();
    Course.traced(Plan.of(7), once::add);
    Course.traced(Plan.of(7), again::add);
    assertThat(again).isEqualTo(once).isNotEmpty();
  }
}
