package io.bradawl.protocol.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPolicyTest {

  private static final PeerId ID = PeerId.parse("a".repeat(52));
  private static final Applicant STRANGER = new Applicant(ID, false, List.of());
  private static final Applicant MEMBER = new Applicant(ID, true, List.of());
  private static final Applicant WEB = new Applicant(ID, false, List.of(new PeerName("web")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none | false | false | false",
        "None | false | false | false",
        "* | true | true | true",
        "realm | false | true | false",
        "Realm | false | true | false",
        "web | false | false | true",
        "WEB | false | false | true",
        "other | false | false | false",
        "other, web | false | false | true",
        "realm,web | false | true | true",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | true | true | true",
        "baaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | false | false | false"
      })
  void admitsWhomAnEntryFits(String text, boolean stranger, boolean member, boolean web) {
    AccessPolicy policy = AccessPolicy.parse(text);
    assertThat(policy.admits(STRANGER)).isEqualTo(stranger);
    assertThat(policy.admits(MEMBER)).isEqualTo(member);
    assertThat(policy.admits(WEB)).isEqualTo(web);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,,b", "a.b", "none,a", "a,none", "a,NONE", "-a", "tcp/80"})
  void refusesWhatIsNoList(String text) {
    assertThatThrownBy(() -> AccessPolicy.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "*", "realm", "web,db", "*,realm,web"})
  void isWrittenAsItIsRead(String text) {
    assertThat(AccessPolicy.parse(text)).hasToString(text);
  }

  @Test
  void oneMoreEntryLetsThePeerIn() {
    AccessPolicy wider = AccessPolicy.REALM.with(WEB.listed());
    assertThat(wider).hasToString("realm,web");
    assertThat(wider.admits(WEB)).isTrue();
    assertThat(AccessPolicy.NOBODY.with(STRANGER.listed()).admits(STRANGER)).isTrue();
  }
}
