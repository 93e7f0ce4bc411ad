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
    UdpPair pair = new UdpPair(Security.ENCRYPTED, Security.ENCRYPTED);
    pair.network.silence(pair.server); // nothing of the server's gets through
    pair.send(pair.client, pair.sensor, "question");
    pair.pass(LONG);
    assertThat(pair.isUp(pair.client, pair.sensor)).isFalse();
    assertThat(pair.server.received).containsExactly(from(pair.reader) + " question");
  }

  @Test
  void itArrivesOnceHoweverOftenItIsSent() throws Exception {
    UdpPair pair = new UdpPair(Security.ENCRYPTED, Security.ENCRYPTED);
    pair.network.silence(pair.server);
    pair.send(pair.client, pair.sensor, "question");
    pair.pass(LONG);
    pair.network.silence(null);
    pair.pass(LONG);
    assertThat(pair.isUp(pair.client, pair.sensor)).isTrue();
    assertThat(pair.server.received).containsExactly(from(pair.reader) + " question");
  }

  @Test
  void theAnswerNeedNotWaitForThePathEither() throws Exception {
    UdpPair pair = new UdpPair(Security.ENCRYPTED, Security.ENCRYPTED);
    pair.network.silence(pair.server);
    pair.send(pair.client, pair.sensor, "question");
    pair.pass(LONG);
    pair.network.silence(pair.client); // now nothing of the client's does
    pair.send(pair.server, pair.reader, "answer");
    pair.loop.drain();
    assertThat(pair.isUp(pair.server, pair.reader)).isFalse();
    assertThat(pair.client.received).containsExactly(from(pair.sensor) + " answer");
  }

  @Test
  void whatIsNotSealedWaitsForThePath() throws Exception {
    UdpPair pair = new UdpPair(Security.AUTHENTICATED, Security.AUTHENTICATED);
    pair.network.silence(pair.server);
    pair.send(pair.client, pair.sensor, "question");
    pair.pass(LONG);
    assertThat(pair.server.received).isEmpty();
    pair.network.silence(null);
    pair.pass(LONG);
    assertThat(pair.server.received).containsExactly(from(pair.reader) + " question");
  }

  @Test
  void whatIsTooLongForACheckWaitsForThePath() throws Exception {
    UdpPair pair = new UdpPair(Security.ENCRYPTED, Security.ENCRYPTED);
    pair.network.silence(pair.server);
    String much = "x".repeat(1_200);
    pair.send(pair.client, pair.sensor, much);
    pair.pass(LONG);
    assertThat(pair.server.received).isEmpty();
    pair.network.silence(null);
    pair.pass(LONG);
    assertThat(pair.server.received).isEqualTo(List.of(from(pair.reader) + " " + much));
  }

  private static String from(InetSocketAddress virtual) {
    return virtual.getAddress().getHostAddress();
  }
}
