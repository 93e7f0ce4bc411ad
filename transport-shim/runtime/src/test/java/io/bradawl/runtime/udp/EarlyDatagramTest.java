package io.bradawl.runtime.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.signal.Security;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first datagram each way goes along with the checks. */
class EarlyDatagramTest {

  private static final Duration LONG = Duration.ofSeconds(3);

  @Test
  void theFirstDatagramArrivesThoughNoCheckIsAnswered() throws Exception {
    UdpPair pair = asked(Security.ENCRYPTED, "question");
    assertThat(pair.isUp(pair.client, pair.sensor)).isFalse();
    assertThat(pair.server.received).containsExactly(from(pair.reader) + " question");
  }

  @Test
  void itArrivesOnceHoweverOftenItIsSent() throws Exception {
    UdpPair pair = asked(Security.ENCRYPTED, "question");
    pair.network.silence(null);
    pair.pass(LONG);
    assertThat(pair.isUp(pair.client, pair.sensor)).isTrue();
    assertThat(pair.server.received).containsExactly(from(pair.reader) + " question");
  }

  @Test
  void theAnswerNeedNotWaitForThePathEither() throws Exception {
    UdpPair pair = asked(Security.ENCRYPTED, "question");
    pair.network.silence(pair.client); // now nothing of the client's does
    pair.send(pair.server, pair.reader, "answer");
    pair.loop.drain();
    assertThat(pair.isUp(pair.server, pair.reader)).isFalse();
    assertThat(pair.client.received).containsExactly(from(pair.sensor) + " answer");
  }

  @Test
  void whatIsNotSealedWaitsForThePath() throws Exception {
    UdpPair pair = asked(Security.AUTHENTICATED, "question");
    assertThat(pair.server.received).isEmpty();
    pair.network.silence(null);
    pair.pass(LONG);
    assertThat(pair.server.received).containsExactly(from(pair.reader) + " question");
  }

  @Test
  void whatIsTooLongForACheckWaitsForThePath() throws Exception {
    String much = "x".repeat(1_200);
    UdpPair pair = asked(Security.ENCRYPTED, much);
    assertThat(pair.server.received).isEmpty();
    pair.network.silence(null);
    pair.pass(LONG);
    assertThat(pair.server.received).isEqualTo(List.of(from(pair.reader) + " " + much));
  }

  /** The client has asked, and nothing of the server's gets through, so no check is answered. */
  private static UdpPair asked(Security security, String question) throws Exception {
    UdpPair pair = new UdpPair(security, security);
    pair.network.silence(pair.server);
    pair.send(pair.client, pair.sensor, question);
    pair.pass(LONG);
    return pair;
  }

  private static String from(InetSocketAddress virtual) {
    return virtual.getAddress().getHostAddress();
  }
}
