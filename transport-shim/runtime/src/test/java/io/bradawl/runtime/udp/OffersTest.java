package io.bradawl.runtime.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.Username;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OffersTest {

  /**
   * Found by the soak: a peer that had been stopped went on with a session that this one had given
   * up, and the application was given its checks as if the other application had sent them.
   */
  @Test
  void checksOfASessionThatCameToNothingAreNotTheApplications() throws Exception {
    UdpPair pair = UdpPair.connected(Security.AUTHENTICATED, Security.AUTHENTICATED);
    pair.send(
        pair.client, new InetSocketAddress(pair.sensor.getAddress(), 9999), "nobody is there");
    pair.pass(Duration.ofSeconds(3));
    SessionId refused = new SessionId(7, pair.sessions.offers);

    InetSocketAddress elsewhere = new InetSocketAddress("10.0.0.7", 9999);
    pair.client.arrive(check(refused), elsewhere);
    assertThat(pair.client.received).isEmpty();

    pair.pass(Aftermath.LENGTH);
    pair.client.arrive(check(refused), elsewhere);
    assertThat(pair.client.received).as("it is not remembered for ever").hasSize(1);
  }

  private static byte[] check(SessionId session) {
    StunMessage message =
        StunMessage.request(
            StunMethod.BINDING, new TransactionId(1, 2), new Username(session + ":a"));
    return Octets.copyOf(StunEncoder.encode(message)).toByteArray();
  }
}
