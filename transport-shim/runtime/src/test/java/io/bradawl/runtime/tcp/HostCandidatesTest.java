package io.bradawl.runtime.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class HostCandidatesTest {

  @Test
  void aBoundAddressIsTheOnlyHostCandidate() throws UnknownHostException {
    InetAddress bound = InetAddress.getByName("10.1.2.3");
    TransportAddress mapped = new TransportAddress(InetAddress.getByName("80.1.0.1"), 40001);
    assertThat(HostCandidates.of(bound, 9092, mapped))
        .extracting(Candidate::toString)
        .containsExactly("host 10.1.2.3:9092", "server-reflexive 80.1.0.1:40001");
  }

  @Test
  void whatTheRendezvousSeesIsNotToldTwice() throws UnknownHostException {
    InetAddress bound = InetAddress.getByName("10.1.2.3");
    assertThat(HostCandidates.of(bound, 9092, new TransportAddress(bound, 9092)))
        .extracting(Candidate::toString)
        .containsExactly("host 10.1.2.3:9092");
  }

  @Test
  void loopbackCountsOnlyWhereTheRendezvousIsOnLoopbackToo() throws UnknownHostException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    InetAddress any = InetAddress.getByName("0.0.0.0");
    TransportAddress outside = new TransportAddress(InetAddress.getByName("80.1.0.1"), 40001);
    assertThat(HostCandidates.of(any, 7, outside))
        .noneMatch(candidate -> candidate.address().ip().isLoopbackAddress());
    assertThat(HostCandidates.of(any, 7, new TransportAddress(loopback, 7)))
        .contains(new Candidate(Candidate.Kind.HOST, new TransportAddress(loopback, 7)));
    assertThat(HostCandidates.of(loopback, 7, null)).isEmpty();
  }
}
