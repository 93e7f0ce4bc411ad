package io.bradawl.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentRepliesTest {

  private static final PeerInstance PEER =
      new PeerInstance(new PeerId(Octets.of(new byte[PeerId.LENGTH])), 1);

  private final RecentReplies replies = new RecentReplies(2);

  @Test
  void keepsAReplyForAMinute() {
    replies.add(reply(1), 0);
    assertThat(replies.to(session(1), seconds(60))).isEqualTo(reply(1));
    assertThat(replies.to(session(1), seconds(61))).isNull();
  }

  @Test
  void forgetsTheOldestWhenThereAreTooMany() {
    replies.add(reply(1), 0);
    replies.add(reply(2), 0);
    replies.add(reply(3), 0);
    assertThat(replies.to(session(1), 0)).isNull();
    assertThat(replies.to(session(2), 0)).isEqualTo(reply(2));
    assertThat(replies.to(session(3), 0)).isEqualTo(reply(3));
  }

  @Test
  void aLaterReplyToTheSameTakesThePlaceOfTheFirst() {
    replies.add(reply(1), 0);
    Signal.Refusal later =
        new Signal.Refusal(session(1), PEER, Signal.Reason.NOT_LISTENING, "closed");
    replies.add(later, seconds(30));
    assertThat(replies.to(session(1), seconds(90))).isEqualTo(later);
  }

  private static Signal.Refusal reply(int to) {
    return new Signal.Refusal(session(to), PEER, Signal.Reason.NOT_ALLOWED, "no");
  }

  private static SessionId session(int number) {
    return new SessionId(0, number);
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
