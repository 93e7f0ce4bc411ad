package io.bradawl.runtime.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.TransportAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalCandidatesTest {

  @Test
  void aBoundAddressIsTheOnlyHostCandidate() throws UnknownHostException {
    InetAddress bound = InetAddress.getByName("10.1.2.3");
    TransportAddress mapped = new TransportAddress(InetAddress.getByName("80.1.0.1"), 40001);
    assertThat(LocalCandidates.of(bound, 9092, true, mapped))
        .extracting(Candidate::toString)
        .containsExactly("host 10.1.2.3:9092", "server-reflexive 80.1.0.1:40001");
  }

  @Test
  void whatTheRendezvousSeesIsNotToldTwice() throws UnknownHostException {
    InetAddress bound = InetAddress.getByName("10.1.2.3");
    assertThat(LocalCandidates.of(bound, 9092, true, new TransportAddress(bound, 9092)))
        .extracting(Candidate::toString)
        .containsExactly("host 10.1.2.3:9092");
  }

  @Test
  void loopbackCountsOnlyWhereTheRendezvousIsOnLoopbackToo() throws UnknownHostException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    InetAddress any = InetAddress.getByName("0.0.0.0");
    TransportAddress outside = new TransportAddress(InetAddress.getByName("80.1.0.1"), 40001);
    assertThat(LocalCandidates.of(any, 7, true, outside))
        .noneMatch(candidate -> candidate.address().ip().isLoopbackAddress());
    assertThat(LocalCandidates.of(any, 7, true, new TransportAddress(loopback, 7)))
        .contains(new Candidate(Candidate.Kind.HOST, new TransportAddress(loopback, 7)));
    assertThat(LocalCandidates.of(loopback, 7, true, null)).isEmpty();
  }

  @Test
  void onlyARelayOfAnIpVersionThatThisHostHasCanBeReached() throws UnknownHostException {
    TransportAddress here = new TransportAddress(InetAddress.getByName("127.0.0.1"), 50_000);
    TransportAddress far = new TransportAddress(InetAddress.getByName("2001:db8::1"), 50_000);
    boolean ipv6 =
        LocalCandidates.of(InetAddress.getByName("::"), 7, true, null).stream()
            .anyMatch(c -> c.address().isIpv6() && !c.address().ip().isLoopbackAddress());
    assertThat(reaches(new Candidate(Candidate.Kind.RELAYED, here))).isTrue();
    assertThat(reaches(new Candidate(Candidate.Kind.HOST, here))).isFalse();
    assertThat(reaches(new Candidate(Candidate.Kind.RELAYED, far))).isEqualTo(ipv6);
  }

  private static boolean reaches(Candidate candidate) {
    return LocalCandidates.canReachRelayOf(List.of(candidate));
  }
}
