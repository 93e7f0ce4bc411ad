package io.bradawl.protocol.turn.client;

import static io.bradawl.protocol.turn.client.TurnWorld.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.Username;
import io.bradawl.protocol.turn.RelayGrant;
import io.bradawl.protocol.turn.TimeLimitedCredentials;
import io.bradawl.protocol.turn.client.AllocationRequest.Families;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An allocation outlives the user name that it was asked for with. */
class RenewedNameTest {

  private static final TransportAddress PEER = address("80.2.0.2", 5683);
  private static final TransportAddress OTHER = address("80.2.0.3", 5683);
  private static final Duration BETWEEN_GRANTS = Duration.ofSeconds(30);

  /** What carries the messages, and what is relayed. */
  enum Relayed {
    UDP(new AllocationRequest(Transport.UDP, Families.DEFAULT, false)),
    UDP_OVER_TCP(new AllocationRequest(Transport.UDP, Families.DEFAULT, true)),
    TCP(new AllocationRequest(Transport.TCP, Families.DEFAULT, true));

    final AllocationRequest request;

    Relayed(AllocationRequest request) {
      this.request = request;
    }
  }

  @ParameterizedTest
  @EnumSource
  void threeDaysWithNamesThatAreGoodForOne(Relayed what) {
    TurnWorld world = world(what, Duration.ofDays(1));
    live(world, Duration.ofDays(3), Duration.ofDays(1));

    isAsItWas(world, what);
  }

  @ParameterizedTest
  @EnumSource
  void namesThatAreGoodForAMinute(Relayed what) {
    TurnWorld world = world(what, Duration.ofMinutes(1));
    live(world, Duration.ofHours(1), Duration.ofMinutes(1));

    isAsItWas(world, what);
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatSticksToTheFirstNameIsLeftWithIt(Relayed what) {
    TurnWorld world = world(what, Duration.ofDays(1));
    world.server.bindsNames = true;
    live(world, Duration.ofDays(3), Duration.ofDays(1));

    isAsItWas(world, what);
    assertThat(world.sent(StunMethod.REFRESH))
        .extracting(request -> request.first(Username.class))
        .as("it is asked for another one once")
        .filteredOn(name -> !world.sent.get(0).first(Username.class).equals(name))
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aNameThatTheServerDoesNotKnowDoesNoHarm(Relayed what) {
    TurnWorld world = world(what, Duration.ofDays(1));
    String first = grant(world.now, Duration.ofDays(1)).username();
    world.server.users = first::equals;
    live(world, Duration.ofDays(2), Duration.ofDays(1));

    isAsItWas(world, what);
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatWasStartedAnewIsAskedWithTheNewestName(Relayed what) {
    TurnWorld world = world(what, Duration.ofDays(1));
    String first = grant(world.now, Duration.ofDays(1)).username();
    world.server.users = user -> !user.equals(first);
    world.server.allocated = false;
    live(world, Duration.ofMinutes(1), Duration.ofDays(1));
    world.tell(new TurnInput.Check());

    assertThat(world.told(TurnOutput.Lost.class)).hasSize(1);
    assertThat(world.told(TurnOutput.Allocated.class)).hasSize(2);
    assertThat(world.client.isAllocated()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aServerWhoseClockIsSetServesOnUnderTheNextName(Relayed what) {
    TurnWorld world = world(what, Duration.ofDays(1));
    live(world, Duration.ofMinutes(1), Duration.ofDays(1));
    long leap = Duration.ofHours(888).toNanos();
    world.server.users = user -> end(user) > (world.now + leap) / 1_000_000_000;
    world.tell(new TurnInput.Renew(TurnAccount.of(grant(world.now + leap, Duration.ofDays(1)))));
    if (what == Relayed.TCP) {
      world.tell(new TurnInput.Permit(OTHER.ip()));
      assertThat(world.told(TurnOutput.Permitted.class))
          .contains(new TurnOutput.Permitted(OTHER.ip()));
    } else {
      world.tell(new TurnInput.Bind(OTHER));
    }
    live(world, Duration.ofHours(1), Duration.ofDays(40));

    isAsItWas(world, what);
  }

  @ParameterizedTest
  @EnumSource
  void aCheckTellsThatAllIsWell(Relayed what) {
    TurnWorld world = world(what, Duration.ofDays(1));
    world.tell(new TurnInput.Check());

    assertThat(world.told(TurnOutput.Refreshed.class)).hasSize(1);
  }

  private static TurnWorld world(Relayed what, Duration good) {
    TurnWorld world =
        new TurnWorld(what.request, TurnAccount.of(grant(Duration.ofHours(1).toNanos(), good)));
    world.server.users = user -> end(user) > world.now / 1_000_000_000;
    world.tell(new TurnInput.Start());
    if (what == Relayed.TCP) {
      world.tell(new TurnInput.Permit(PEER.ip()));
    } else {
      world.tell(new TurnInput.Bind(PEER));
    }
    return world;
  }

  /** A registered peer gets a new grant every half minute, and the driver passes it on. */
  private static void live(TurnWorld world, Duration time, Duration good) {
    for (long passed = 0; passed < time.toNanos(); passed += BETWEEN_GRANTS.toNanos()) {
      world.pass(BETWEEN_GRANTS);
      world.tell(new TurnInput.Renew(TurnAccount.of(grant(world.now, good))));
    }
  }

  private static void isAsItWas(TurnWorld world, Relayed what) {
    assertThat(world.told(TurnOutput.Lost.class)).isEmpty();
    assertThat(world.told(TurnOutput.Failed.class)).isEmpty();
    assertThat(world.told(TurnOutput.Allocated.class)).hasSize(1);
    assertThat(world.told(TurnOutput.Forbidden.class)).isEmpty();
    assertThat(world.told(TurnOutput.NotBound.class)).isEmpty();
    int renewed = what == Relayed.TCP ? StunMethod.CREATE_PERMISSION : StunMethod.CHANNEL_BIND;
    assertThat(world.sent(renewed)).hasSizeGreaterThan(14);
  }

  private static RelayGrant grant(long now, Duration good) {
    String username = now / 1_000_000_000 + good.toSeconds() + ":peer";
    return new RelayGrant(
        good, username, TurnWorld.PASSWORD, ToyTurnServer.REALM, "first", List.of());
  }

  private static long end(String username) {
    assertThat(TimeLimitedCredentials.label(username)).isEqualTo("peer");
    return Long.parseLong(username.substring(0, username.indexOf(':')));
  }
}
