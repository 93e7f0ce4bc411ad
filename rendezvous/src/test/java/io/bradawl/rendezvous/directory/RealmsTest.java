package io.bradawl.rendezvous.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.realm.AccessKey;
import org.junit.jupiter.api.Test;

class RealmsTest {

  private final Realms realms = new Realms();

  private static AccessKey copy(int seed) {
    byte[] key = new byte[32];
    key[0] = (byte) seed;
    return new AccessKey(Octets.of(key));
  }

  @Test
  void allMembersShareOneKey() {
    AccessKey first = realms.enter(copy(1));

    assertThat(realms.enter(copy(1))).isSameAs(first);
    assertThat(realms.enter(copy(2))).isEqualTo(copy(2)).isNotEqualTo(first);
  }

  @Test
  void aRealmStaysUntilItsLastMemberLeaves() {
    realms.enter(copy(1));
    AccessKey kept = realms.enter(copy(1));
    realms.leave(copy(1));

    assertThat(realms.enter(copy(1))).isSameAs(kept);
    realms.leave(kept);
    realms.leave(kept);
    assertThat(realms.size()).isZero();
  }

  @Test
  void whoIsInNoneTakesNoRoom() {
    assertThat(realms.enter(null)).isNull();
    realms.leave(null);

    assertThat(realms.size()).isZero();
  }
}
