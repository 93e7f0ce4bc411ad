package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.access.AccessPolicy;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.RealmSecret;
import io.bradawl.protocol.turn.AddressRange;
import io.bradawl.protocol.turn.TurnUri;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What is written in words: names, ids, lists of who may come in, secrets, ranges, TURN URIs. */
class TextFuzzTest {

  private static final List<UnaryOperator<String>> STABLE =
      List.of(
          text -> PeerRef.parse(text).label(),
          text -> AccessPolicy.parse(text).toString(),
          text -> TurnUri.parse(text).toString(),
          text -> AddressRange.parse(text).toString());

  private static final List<Function<String, Object>> OTHERS = List.of(RealmSecret::parse);

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    Bound.OF_TEXT.hold(input, TextFuzzTest::run);
  }

  private static void run(FuzzedDataProvider data) {
    int form = data.consumeInt(0, STABLE.size() + OTHERS.size() - 1);
    String text = data.consumeRemainingAsString();
    try {
      if (form < STABLE.size()) {
        String once = STABLE.get(form).apply(text);
        assertThat(again(STABLE.get(form), once)).isEqualTo(once);
      } else {
        assertThat(OTHERS.get(form - STABLE.size()).apply(text)).isNotNull();
      }
    } catch (IllegalArgumentException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }

  private static String again(UnaryOperator<String> form, String text) {
    try {
      return form.apply(text);
    } catch (IllegalArgumentException e) {
      throw new AssertionError("what it says of itself it does not read: " + text, e);
    }
  }
}
