package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.Machine;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSessions;
import io.bradawl.protocol.stun.ChannelNumber;
import io.bradawl.protocol.stun.ConnectionId;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Integrity;
import io.bradawl.protocol.stun.IntegrityAlgorithm;
import io.bradawl.protocol.stun.IntegrityKey;
import io.bradawl.protocol.stun.Lifetime;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.StunSamples;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.protocol.turn.Allocation;
import io.bradawl.protocol.turn.AllocationQuota;
import io.bradawl.protocol.turn.PeerSocket;
import io.bradawl.protocol.turn.Relay;
import io.bradawl.protocol.turn.TurnInput;
import io.bradawl.protocol.turn.TurnLimits;
import io.bradawl.protocol.turn.TurnMachine;
import io.bradawl.protocol.turn.TurnOutput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A relay whose clients have passwords and no manners. Requests wait for sockets that come, or not,
 * in any order; when all clients have left, nothing is left of them.
 */
class TurnServerFuzzTest {

  private static final Integrity INTEGRITY =
      new Integrity(IntegrityAlgorithm.SHA1, IntegrityKey.of(Octets.of((byte) 1)));
  private static final int CLIENTS = 4;
  private static final int[] METHODS = {
    StunMethod.ALLOCATE, StunMethod.REFRESH, StunMethod.CREATE_PERMISSION,
    StunMethod.CHANNEL_BIND, StunMethod.CONNECT, StunMethod.CONNECTION_BIND
  };

  private final List<TurnOutput.Open<Integer>> opening = new ArrayList<>();
  private final List<TurnOutput.Connect<Integer>> connecting = new ArrayList<>();
  private final Set<Relay> relays = new LinkedHashSet<>();
  private final Set<PeerSocket> sockets = new LinkedHashSet<>();
  private final List<Allocation<Integer>> made = new ArrayList<>();
  private int allocations;
  private int numbers;

  private record Socket(TransportAddress address) implements Relay {}

  private record Stream(int id) implements PeerSocket {}

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    Bound.OF_MACHINE.hold(input, data -> new TurnServerFuzzTest().run(data));
  }

  private void run(FuzzedDataProvider data) {
    var machine =
        new TurnMachine<Integer>(
            TurnLimits.DEFAULT, quota(), peer -> !peer.isLoopbackAddress(), new Random(1));
    var conduct = new Conduct<>(machine, data.consumeInt(), 600, this::perform);
    while (data.remainingBytes() > 0) {
      step(conduct, machine, data);
      assertThat(machine.size()).isEqualTo(relays.size()).isLessThanOrEqualTo(CLIENTS);
    }
    for (int client = 0; client < CLIENTS; client++) {
      conduct.tell(new TurnInput.Left<>(client));
    }
    while (!opening.isEmpty()) {
      opened(conduct, true);
    }
    assertThat(relays).isEmpty();
    assertThat(sockets).isEmpty();
    assertThat(allocations).as("counted allocations").isZero();
    assertThat(machine.nextTimeout()).isEqualTo(Machine.NEVER);
  }

  private void step(
      Conduct<TurnInput<Integer>, TurnOutput<Integer>> conduct,
      TurnMachine<Integer> machine,
      FuzzedDataProvider data) {
    int client = data.consumeInt(0, CLIENTS - 1);
    switch (data.consumeInt(0, 9)) {
      case 0 -> conduct.pass(1_000_000_000L * data.consumeInt(0, 700));
      case 1 -> conduct.tell(new TurnInput.Left<>(client));
      case 2, 3 -> opened(conduct, data.consumeBoolean());
      case 4 -> connected(conduct, data.consumeBoolean());
      case 5 -> {
        Allocation<Integer> allocation = machine.of(client);
        if (allocation != null) {
          made.add(allocation);
        }
        if (!made.isEmpty()) {
          conduct.tell(new TurnInput.Arrived<>(data.pickValue(made), peer(data), stream()));
        }
      }
      case 6 -> {
        if (!sockets.isEmpty()) {
          PeerSocket socket = data.pickValue(List.copyOf(sockets));
          sockets.remove(socket);
          conduct.tell(new TurnInput.Closed<>(socket));
        }
      }
      default -> conduct.tell(request(client, data));
    }
  }

  private void opened(Conduct<TurnInput<Integer>, TurnOutput<Integer>> conduct, boolean well) {
    if (opening.isEmpty()) {
      return;
    }
    TurnOutput.Open<Integer> open = opening.remove(0);
    if (well) {
      Socket socket = new Socket(PathSessions.address("80.0.0.1", 1024 + numbers++ % 60_000));
      relays.add(socket);
      conduct.tell(new TurnInput.Opened<>(open.wish(), List.of(socket), null, null));
    } else {
      conduct.tell(new TurnInput.NotOpened<>(open.wish(), new ErrorCode(508, "")));
    }
  }

  private void connected(Conduct<TurnInput<Integer>, TurnOutput<Integer>> conduct, boolean well) {
    if (connecting.isEmpty()) {
      return;
    }
    TurnOutput.Connect<Integer> connect = connecting.remove(0);
    conduct.tell(
        well
            ? new TurnInput.Connected<>(connect.connecting(), stream())
            : new TurnInput.NotConnected<>(connect.connecting()));
  }

  private Stream stream() {
    Stream stream = new Stream(numbers++);
    sockets.add(stream);
    return stream;
  }

  private TurnInput.Request<Integer> request(int client, FuzzedDataProvider data) {
    StunMessage message =
        data.consumeInt(0, 3) == 0
            ? StunSamples.message(new Random(data.consumeInt()))
            : new StunMessage(
                StunClass.REQUEST,
                METHODS[data.consumeInt(0, METHODS.length - 1)],
                new TransactionId(data.consumeInt(0, 9), 0),
                attributes(data));
    return new TurnInput.Request<>(
        client,
        data.pickValue(Transport.values()),
        PathSessions.address("80.0.9.9", 4000 + client),
        "user" + data.consumeInt(0, 1),
        INTEGRITY,
        message);
  }

  private List<StunAttribute> attributes(FuzzedDataProvider data) {
    List<StunAttribute> attributes = new ArrayList<>();
    for (int i = data.consumeInt(0, 3); i > 0; i--) {
      attributes.add(
          switch (data.consumeInt(0, 5)) {
            case 0 -> data.consumeBoolean() ? RequestedTransport.UDP : RequestedTransport.TCP;
            case 1 -> new Lifetime(data.consumeInt(0, 1) * 700L);
            case 2 -> new ChannelNumber(0x4000 + data.consumeInt(-1, 4));
            case 3 -> new ConnectionId(data.consumeInt(0, numbers));
            default -> new XorPeerAddress(peer(data));
          });
    }
    return attributes;
  }

  private static TransportAddress peer(FuzzedDataProvider data) {
    return PathSessions.address("80.0.1." + data.consumeInt(0, 3), data.consumeInt(0, 2));
  }

  private void perform(TurnOutput<Integer> output) {
    if (output instanceof TurnOutput.Open<Integer> open) {
      opening.add(open);
    } else if (output instanceof TurnOutput.Connect<Integer> connect) {
      connecting.add(connect);
    } else if (output instanceof TurnOutput.Close<Integer> close) {
      assertThat(relays.remove(close.relay())).isTrue();
    } else if (output instanceof TurnOutput.Drop<Integer> drop) {
      assertThat(sockets.remove(drop.socket())).isTrue();
    } else if (output instanceof TurnOutput.Respond<Integer> respond) {
      StunEncoder.encodeProven(respond.message(), respond.request().integrity(), true);
    } else if (output instanceof TurnOutput.Bind<Integer> bind) {
      assertThat(sockets).contains(bind.socket());
    }
  }

  private AllocationQuota quota() {
    return new AllocationQuota() {
      @Override
      public boolean enter(String user, TransportAddress source) {
        allocations++;
        return true;
      }

      @Override
      public void leave(String user, TransportAddress source) {
        allocations--;
        assertThat(allocations).isNotNegative();
      }
    };
  }
}
