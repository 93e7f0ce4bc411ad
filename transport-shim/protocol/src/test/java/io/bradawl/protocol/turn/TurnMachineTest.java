package io.bradawl.protocol.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.AdditionalAddressFamily;
import io.bradawl.protocol.stun.ChannelNumber;
import io.bradawl.protocol.stun.ConnectionId;
import io.bradawl.protocol.stun.DontFragment;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.EvenPort;
import io.bradawl.protocol.stun.Integrity;
import io.bradawl.protocol.stun.IntegrityAlgorithm;
import io.bradawl.protocol.stun.IntegrityKey;
import io.bradawl.protocol.stun.Lifetime;
import io.bradawl.protocol.stun.RequestedAddressFamily;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.ReservationToken;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.protocol.stun.XorRelayedAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of RFC 8656 and RFC 6062, in simulated time. */
class TurnMachineTest {

  private static final Integrity INTEGRITY =
      new Integrity(IntegrityAlgorithm.SHA1, IntegrityKey.of(Octets.of((byte) 1)));

  private static final TransportAddress PEER = address("80.0.1.2", 7000);
  private static final TransportAddress OTHER_PEER = address("80.0.2.2", 7000);

  private record Socket(TransportAddress address) implements Relay {}

  private record Stream(int id) implements PeerSocket {}

  private final Random random = new Random(1);
  private final Set<String> users = new HashSet<>();
  private final TurnMachine<String> machine =
      new TurnMachine<>(
          TurnLimits.DEFAULT, onePerUser(), peer -> !peer.isLoopbackAddress(), random);

  private final List<TurnOutput<String>> others = new ArrayList<>();
  private long now = Long.MAX_VALUE / 4;

  @Test
  void allocationHasRelayedAndMappedAddressAndALifetime() {
    StunMessage response = allocate("a");

    assertThat(response.messageClass()).isEqualTo(StunClass.SUCCESS);
    assertThat(response.first(XorRelayedAddress.class).address().ip()).isEqualTo(ip("80.0.0.1"));
    assertThat(response.first(XorMappedAddress.class).address()).isEqualTo(source("a"));
    assertThat(response.first(Lifetime.class).seconds()).isEqualTo(600);
  }

  @Test
  void longLifetimesAreCutAndShortOnesStretched() {
    assertThat(seconds(ask("a", StunMethod.ALLOCATE, RequestedTransport.UDP, new Lifetime(1))))
        .isEqualTo(600);
    assertThat(
            seconds(ask("b", StunMethod.ALLOCATE, RequestedTransport.UDP, new Lifetime(100_000))))
        .isEqualTo(3600);
  }

  @Test
  void allocationEndsWhenItIsNotRefreshed() {
    allocate("a");
    after(Duration.ofSeconds(599));
    assertThat(machine.of("a")).isNotNull();

    after(Duration.ofSeconds(1));

    assertThat(machine.of("a")).isNull();
    assertThat(others).hasSize(2).first().isInstanceOf(TurnOutput.Close.class);
    assertThat(users).isEmpty();
    assertThat(machine.nextTimeout()).isEqualTo(Machine.NEVER);
  }

  @Test
  void refreshKeepsAnAllocationAndLifetimeZeroEndsIt() {
    allocate("a");
    after(Duration.ofSeconds(500));
    assertThat(seconds(ask("a", StunMethod.REFRESH))).isEqualTo(600);
    after(Duration.ofSeconds(599));
    assertThat(machine.of("a")).isNotNull();

    assertThat(seconds(ask("a", StunMethod.REFRESH, new Lifetime(0)))).isEqualTo(0);

    assertThat(machine.of("a")).isNull();
    assertThat(code(ask("a", StunMethod.REFRESH))).isEqualTo(ErrorCode.ALLOCATION_MISMATCH);
  }

  @Test
  void aRepeatedRequestGetsTheSameAnswerAndAnotherOneIsAMismatch() {
    StunMessage request = request(StunMethod.ALLOCATE, RequestedTransport.UDP);
    StunMessage first = tell("a", "alice", Transport.UDP, request);

    assertThat(tell("a", "alice", Transport.UDP, request)).isEqualTo(first);
    assertThat(code(allocate("a"))).isEqualTo(ErrorCode.ALLOCATION_MISMATCH);
  }

  @Test
  void nobodyElseChangesAnAllocation() {
    allocate("a");

    StunMessage response =
        tell("a", "mallory", Transport.UDP, request(StunMethod.REFRESH, new Lifetime(0)));

    assertThat(code(response)).isEqualTo(ErrorCode.WRONG_CREDENTIALS);
    assertThat(machine.of("a")).isNotNull();
  }

  @Test
  void quotaIsCountedPerUser() {
    tell("a", "alice", Transport.UDP, request(StunMethod.ALLOCATE, RequestedTransport.UDP));

    StunMessage second =
        tell("b", "alice", Transport.UDP, request(StunMethod.ALLOCATE, RequestedTransport.UDP));

    assertThat(code(second)).isEqualTo(ErrorCode.ALLOCATION_QUOTA_REACHED);
  }

  @Test
  void wrongWishesAreRefused() {
    EvenPort even = new EvenPort(true);
    ReservationToken token = new ReservationToken(1);
    RequestedAddressFamily requested = new RequestedAddressFamily(2);
    AdditionalAddressFamily additional = new AdditionalAddressFamily(2);

    assertThat(refusal()).isEqualTo(400);
    assertThat(refusal(new RequestedTransport(132))).isEqualTo(442);
    assertThat(refusal(RequestedTransport.TCP)).isEqualTo(400);
    assertThat(refusal(RequestedTransport.UDP, even, token)).isEqualTo(400);
    assertThat(refusal(RequestedTransport.UDP, requested, token)).isEqualTo(400);
    assertThat(refusal(RequestedTransport.UDP, requested, additional)).isEqualTo(400);
    assertThat(refusal(RequestedTransport.UDP, even, additional)).isEqualTo(400);
    assertThat(refusal(RequestedTransport.UDP, new AdditionalAddressFamily(1))).isEqualTo(400);
    assertThat(refusal(RequestedTransport.UDP, new RequestedAddressFamily(3))).isEqualTo(440);
    assertThat(refusal(RequestedTransport.UDP, new DontFragment())).isEqualTo(420);
    assertThat(users).isEmpty();
  }

  @Test
  void permissionsLastFiveMinutesAndAreByAddressAlone() {
    allocate("a");
    ask("a", StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER));

    assertThat(machine.of("a").permits(PEER.ip(), now)).isTrue();
    assertThat(machine.of("a").permits(OTHER_PEER.ip(), now)).isFalse();
    after(Duration.ofMinutes(5));
    assertThat(machine.of("a").permits(PEER.ip(), now)).isFalse();
  }

  @Test
  void forbiddenPeersAndThoseOfTheOtherFamilyGetNothing() {
    allocate("a");

    for (StunMethodAndExtra each : StunMethodAndExtra.ALL) {
      assertThat(code(ask("a", each.method(), each.with(address("127.0.0.1", 80))))).isEqualTo(403);
      assertThat(code(ask("a", each.method(), each.with(address("2606:4700::1", 80)))))
          .isEqualTo(443);
      assertThat(code(ask("a", each.method()))).isEqualTo(400);
    }
    assertThat(machine.of("a").permits(ip("127.0.0.1"), now)).isFalse();
  }

  @Test
  void noConnectionIsMadeToForbiddenPeersNorToThoseOfTheOtherFamily() {
    allocateTcp("a");

    assertThat(code(connect("127.0.0.1", 80))).isEqualTo(403);
    assertThat(code(connect("2606:4700::1", 80))).isEqualTo(443);
    assertThat(code(connect("80.0.1.2", 0))).isEqualTo(400);
    assertThat(code(askTcp("a", StunMethod.CONNECT))).isEqualTo(400);
    assertThat(others).isEmpty();
  }

  private StunMessage connect(String ip, int port) {
    return askTcp("a", StunMethod.CONNECT, new XorPeerAddress(address(ip, port)));
  }

  private record StunMethodAndExtra(int method, List<StunAttribute> extra) {
    static final List<StunMethodAndExtra> ALL =
        List.of(
            new StunMethodAndExtra(StunMethod.CREATE_PERMISSION, List.of()),
            new StunMethodAndExtra(StunMethod.CHANNEL_BIND, List.of(new ChannelNumber(0x4000))));

    StunAttribute[] with(TransportAddress peer) {
      List<StunAttribute> all = new ArrayList<>(extra);
      all.add(new XorPeerAddress(peer));
      return all.toArray(StunAttribute[]::new);
    }
  }

  @Test
  void oneForbiddenPeerSpoilsTheWholeRequest() {
    allocate("a");

    StunMessage response =
        ask(
            "a",
            StunMethod.CREATE_PERMISSION,
            new XorPeerAddress(PEER),
            new XorPeerAddress(address("127.0.0.1", 1)));

    assertThat(code(response)).isEqualTo(403);
    assertThat(machine.of("a").permits(PEER.ip(), now)).isFalse();
  }

  @Test
  void channelsAreOneToOne() {
    allocate("a");
    assertThat(bind(0x4001, PEER)).isZero();

    assertThat(bind(0x4001, OTHER_PEER)).isEqualTo(400);
    assertThat(bind(0x4002, PEER)).isEqualTo(400);
    assertThat(bind(0x4001, PEER)).isZero();
    assertThat(bind(0x4002, OTHER_PEER)).isZero();
    assertThat(machine.of("a").open(0x4001, now).peer()).isEqualTo(socketAddress(PEER));
    assertThat(machine.of("a").open(socketAddress(OTHER_PEER), now).number()).isEqualTo(0x4002);
    assertThat(machine.of("a").permits(PEER.ip(), now)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x3FFF, 0x8000, 0xFFFF})
  void otherNumbersAreNoChannels(int number) {
    allocate("a");

    assertThat(bind(number, PEER)).isEqualTo(400);
  }

  @Test
  void aChannelIsOpenAsLongAsItsPermissionLasts() {
    allocate("a");
    bind(0x4001, PEER);
    after(Duration.ofMinutes(5));
    assertThat(machine.of("a").open(0x4001, now)).isNull();

    ask("a", StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER));

    assertThat(machine.of("a").open(0x4001, now)).isNotNull();
    ask("a", StunMethod.REFRESH);
    after(Duration.ofMinutes(5));
    ask("a", StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER));
    assertThat(machine.of("a").open(0x4001, now)).isNull();
    assertThat(bind(0x4001, OTHER_PEER)).isZero();
  }

  @Test
  void permissionsAndChannelsAreBounded() {
    allocate("a");
    for (int i = 0; i < 256; i++) {
      assertThat(bind(0x4000 + i, address("80.1.0." + i, 1))).isZero();
    }

    assertThat(bind(0x4100, address("80.2.0.1", 1))).isEqualTo(508);
    assertThat(code(ask("a", StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER))))
        .isEqualTo(508);
    for (int i = 0; i < 256; i++) {
      assertThat(machine.of("a").open(0x4000 + i, now).number()).isEqualTo(0x4000 + i);
    }
    after(Duration.ofMinutes(5));
    ask("a", StunMethod.REFRESH);
    after(Duration.ofMinutes(5));
    assertThat(bind(0x4100, PEER)).isZero();
  }

  @Test
  void connectionIsMadeOnRequestAndCarriesDataOnceItIsBound() {
    allocateTcp("a");
    tell("a", "a", Transport.TCP, request(StunMethod.CONNECT, new XorPeerAddress(PEER)));
    TurnOutput.Connect<String> connect = last(TurnOutput.Connect.class);
    assertThat(connect.peer()).isEqualTo(PEER);
    assertThat(code(askTcp("a", StunMethod.CONNECT, new XorPeerAddress(PEER)))).isEqualTo(446);

    StunMessage connected =
        answered(new TurnInput.Connected<>(connect.connecting(), new Stream(77)));

    assertThat(connected.first(ConnectionId.class).id()).isEqualTo(77);
    assertThat(code(tellTcp("b", "mallory", new ConnectionId(77)))).isEqualTo(441);
    assertThat(code(tellTcp("b", "a", new ConnectionId(78)))).isEqualTo(400);
    assertThat(tellTcp("b", "a", new ConnectionId(77))).isNull();
    assertThat(this.<TurnOutput.Bind<String>>last(TurnOutput.Bind.class).socket())
        .isEqualTo(new Stream(77));
    assertThat(code(tellTcp("c", "a", new ConnectionId(77)))).isEqualTo(400);
  }

  @Test
  void failureToConnectIsTold() {
    allocateTcp("a");
    tell("a", "a", Transport.TCP, request(StunMethod.CONNECT, new XorPeerAddress(PEER)));
    TurnOutput.Connect<String> connect = last(TurnOutput.Connect.class);

    assertThat(code(answered(new TurnInput.NotConnected<>(connect.connecting())))).isEqualTo(447);
    tell("a", "a", Transport.TCP, request(StunMethod.CONNECT, new XorPeerAddress(PEER)));
    assertThat(others.get(others.size() - 1)).isInstanceOf(TurnOutput.Connect.class);
  }

  @Test
  void onlyPermittedPeersMayConnect() {
    allocateTcp("a");
    Allocation<String> allocation = machine.of("a");

    answered(new TurnInput.Arrived<>(allocation, PEER, new Stream(1)));
    assertThat(others.get(others.size() - 1)).isEqualTo(new TurnOutput.Drop<>(new Stream(1)));
    askTcp("a", StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER));
    answered(new TurnInput.Arrived<>(allocation, PEER, new Stream(2)));

    TurnOutput.Indicate<String> attempt = last(TurnOutput.Indicate.class);
    assertThat(attempt.message().first(ConnectionId.class).id()).isEqualTo(2);
    assertThat(attempt.message().first(XorPeerAddress.class).address()).isEqualTo(PEER);
  }

  @Test
  void connectionsThatNobodyBindsAndThoseOfEndedAllocationsAreDropped() {
    allocateTcp("a");
    askTcp("a", StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER));
    answered(new TurnInput.Arrived<>(machine.of("a"), PEER, new Stream(1)));
    after(Duration.ofSeconds(30));
    assertThat(others.get(others.size() - 1)).isEqualTo(new TurnOutput.Drop<>(new Stream(1)));
    answered(new TurnInput.Arrived<>(machine.of("a"), PEER, new Stream(2)));

    answered(new TurnInput.Left<>("a"));

    assertThat(others).contains(new TurnOutput.Drop<>(new Stream(2)));
    assertThat(code(tellTcp("b", "a", new ConnectionId(2)))).isEqualTo(400);
  }

  @Test
  void whoConnectsWhileTheAllocationEndsIsDropped() {
    allocateTcp("a");
    askTcp("a", StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER));
    Allocation<String> allocation = machine.of("a");
    answered(new TurnInput.Left<>("a"));

    answered(new TurnInput.Arrived<>(allocation, PEER, new Stream(1)));

    assertThat(others.get(others.size() - 1)).isEqualTo(new TurnOutput.Drop<>(new Stream(1)));
    assertThat(machine.nextTimeout()).isEqualTo(Machine.NEVER);
  }

  @Test
  void aClientThatLeavesWhileSocketsAreOpenedLeavesNothingBehind() {
    StunMessage request = request(StunMethod.ALLOCATE, RequestedTransport.UDP);
    machine.handle(of("a", "alice", Transport.TCP, request), now);
    TurnOutput.Open<String> open = (TurnOutput.Open<String>) machine.poll();
    machine.handle(new TurnInput.Left<>("a"), now);
    Socket socket = new Socket(address("80.0.0.1", 50_000));

    machine.handle(new TurnInput.Opened<>(open.wish(), List.of(socket), null, null), now);

    assertThat(machine.poll()).isEqualTo(new TurnOutput.Close<String>(socket));
    assertThat(machine.of("a")).isNull();
    assertThat(users).isEmpty();
  }

  /** Whatever comes in whatever order, quotas and timers agree with what is there. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anythingGoes(long seed) {
    Random dice = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      String client = "c" + dice.nextInt(6);
      TransportAddress peer = address("80.0.1." + dice.nextInt(4), 1 + dice.nextInt(3));
      switch (dice.nextInt(7)) {
        case 0 -> allocate(client);
        case 1 -> ask(client, StunMethod.REFRESH, new Lifetime(dice.nextInt(2) * 700));
        case 2 -> ask(client, StunMethod.CREATE_PERMISSION, new XorPeerAddress(peer));
        case 3 -> answered(new TurnInput.Left<>(client));
        case 4 -> after(Duration.ofSeconds(dice.nextInt(200)));
        default ->
            ask(
                client,
                StunMethod.CHANNEL_BIND,
                new ChannelNumber(0x4000 + dice.nextInt(5)),
                new XorPeerAddress(peer));
      }
      assertThat(users).hasSize(machine.size());
      assertThat(machine.nextTimeout() == Machine.NEVER).isEqualTo(machine.size() == 0);
    }
  }

  private int bind(int number, TransportAddress peer) {
    StunMessage response =
        ask("a", StunMethod.CHANNEL_BIND, new ChannelNumber(number), new XorPeerAddress(peer));
    return response.messageClass() == StunClass.SUCCESS ? 0 : code(response);
  }

  private int refusal(StunAttribute... attributes) {
    return code(ask("a", StunMethod.ALLOCATE, attributes));
  }

  private StunMessage allocate(String client) {
    return ask(client, StunMethod.ALLOCATE, RequestedTransport.UDP);
  }

  private void allocateTcp(String client) {
    askTcp(client, StunMethod.ALLOCATE, RequestedTransport.TCP);
  }

  private StunMessage ask(String client, int method, StunAttribute... attributes) {
    return tell(client, client, Transport.UDP, request(method, attributes));
  }

  private StunMessage askTcp(String client, int method, StunAttribute... attributes) {
    return tell(client, client, Transport.TCP, request(method, attributes));
  }

  private StunMessage tellTcp(String client, String user, ConnectionId id) {
    return tell(client, user, Transport.TCP, request(StunMethod.CONNECTION_BIND, id));
  }

  private StunMessage tell(String client, String user, Transport over, StunMessage request) {
    return answered(of(client, user, over, request));
  }

  private static TurnInput.Request<String> of(
      String client, String user, Transport over, StunMessage request) {
    return new TurnInput.Request<>(client, over, source(client), user, INTEGRITY, request);
  }

  /** What is responded, {@code null} if nothing is; sockets are there at once. */
  private StunMessage answered(TurnInput<String> input) {
    machine.handle(input, now);
    StunMessage response = null;
    for (TurnOutput<String> out = machine.poll(); out != null; out = machine.poll()) {
      if (out instanceof TurnOutput.Open<String> open) {
        Socket socket = new Socket(address("80.0.0.1", 50_000 + random.nextInt(1000)));
        machine.handle(new TurnInput.Opened<>(open.wish(), List.of(socket), null, null), now);
      } else if (out instanceof TurnOutput.Respond<String> respond) {
        response = respond.message();
      } else {
        others.add(out);
      }
    }
    return response;
  }

  private void after(Duration time) {
    now += time.toNanos();
    machine.tick(now);
    for (TurnOutput<String> out = machine.poll(); out != null; out = machine.poll()) {
      others.add(out);
    }
  }

  @SuppressWarnings("unchecked")
  private <T> T last(Class<?> kind) {
    return (T)
        others.stream().filter(kind::isInstance).reduce((first, second) -> second).orElseThrow();
  }

  private StunMessage request(int method, StunAttribute... attributes) {
    return StunMessage.request(method, TransactionId.draw(random), attributes);
  }

  private AllocationQuota onePerUser() {
    return new AllocationQuota() {
      @Override
      public boolean enter(String user, TransportAddress source) {
        return users.add(user);
      }

      @Override
      public void leave(String user, TransportAddress source) {
        assertThat(users.remove(user)).isTrue();
      }
    };
  }

  private static long seconds(StunMessage success) {
    assertThat(success.messageClass()).isEqualTo(StunClass.SUCCESS);
    return success.first(Lifetime.class).seconds();
  }

  private static int code(StunMessage response) {
    return response.first(ErrorCode.class).code();
  }

  private static InetSocketAddress socketAddress(TransportAddress address) {
    return new InetSocketAddress(address.ip(), address.port());
  }

  private static TransportAddress source(String client) {
    return address("80.0.9.9", 1024 + client.hashCode() % 1000);
  }

  private static TransportAddress address(String ip, int port) {
    return new TransportAddress(ip(ip), port);
  }

  private static InetAddress ip(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
