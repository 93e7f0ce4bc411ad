package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.path.PathSessions;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.path.tcp.ConnectionId;
import io.bradawl.protocol.path.tcp.PunchInput;
import io.bradawl.protocol.path.tcp.PunchOutput;
import io.bradawl.protocol.path.tcp.TcpPunch;
import io.bradawl.protocol.stun.TransactionId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A punch whose connects succeed and fail in any order, among connections of strangers, over which
 * genuine proofs, changed ones and rubbish come in. Nothing is handed over before it proved itself.
 */
class TcpPunchFuzzTest {

  private static final TransactionId ID = new TransactionId(1, 2);

  private final Set<ConnectionId> dialling = new LinkedHashSet<>();
  private final Set<ConnectionId> standing = new LinkedHashSet<>();
  private final Set<ConnectionId> proven = new HashSet<>();
  private int accepted;
  private int lastWords;

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    Bound.OF_MACHINE.hold(input, data -> new TcpPunchFuzzTest().run(data));
  }

  private void run(FuzzedDataProvider data) {
    Role role = data.pickValue(Role.values());
    var session = PathSessions.of(role, Peers.local(data), Peers.remote(data));
    TcpPunch punch = new TcpPunch(session, new Random(data.consumeInt()));
    Proof others = PathSessions.of(role.other(), PathSessions.OWN).proof();
    var conduct =
        new Conduct<>(
            punch, PathSessions.START - 1000, TcpPunch.MAX_CONNECTIONS + 2, this::perform);
    while (data.remainingBytes() > 0) {
      step(conduct, session.proof(), others, data);
      assertThat(dialling.size() + standing.size())
          .as("sockets")
          .isLessThanOrEqualTo(TcpPunch.MAX_CONNECTIONS);
      assertThat(lastWords).as("last words").isEqualTo(punch.isOver() ? 1 : 0);
    }
  }

  private void step(
      Conduct<PunchInput, PunchOutput> conduct, Proof own, Proof others, FuzzedDataProvider data) {
    switch (data.consumeInt(0, 9)) {
      case 0, 1 -> conduct.pass(Peers.pause(data));
      case 2, 3 -> dialled(conduct, data);
      case 4 -> {
        ConnectionId id = ConnectionId.accepted(accepted++);
        standing.add(id);
        conduct.tell(new PunchInput.Accepted(id, Peers.address(data)));
      }
      case 5 -> {
        ConnectionId id = ConnectionId.relayed(accepted++);
        standing.add(id);
        conduct.tell(new PunchInput.Relayed(id, Peers.address(data)));
      }
      case 6 -> {
        if (!standing.isEmpty()) {
          ConnectionId id = data.pickValue(List.copyOf(standing));
          standing.remove(id);
          conduct.tell(new PunchInput.Closed(id));
        }
      }
      case 7 -> {
        if (data.consumeInt(0, 15) == 0) {
          conduct.tell(new PunchInput.Abandon());
        }
      }
      default -> said(conduct, own, others, data);
    }
  }

  private void dialled(Conduct<PunchInput, PunchOutput> conduct, FuzzedDataProvider data) {
    if (dialling.isEmpty()) {
      return;
    }
    ConnectionId id = data.pickValue(List.copyOf(dialling));
    dialling.remove(id);
    if (data.consumeBoolean()) {
      standing.add(id);
      conduct.tell(new PunchInput.Connected(id));
    } else {
      conduct.tell(new PunchInput.ConnectFailed(id, data.pickValue(PunchInput.Cause.values())));
    }
  }

  private void said(
      Conduct<PunchInput, PunchOutput> conduct, Proof own, Proof others, FuzzedDataProvider data) {
    if (standing.isEmpty()) {
      return;
    }
    ConnectionId id = data.pickValue(List.copyOf(standing));
    Octets genuine = others.indication(ID, data.consumeBoolean());
    Octets message = Mutation.of(genuine, data);
    if (own.verify(message.asByteBuffer()) != null) {
      proven.add(id);
    } else {
      assertThat(message).isNotEqualTo(genuine);
    }
    conduct.tell(new PunchInput.Message(id, message));
  }

  private void perform(PunchOutput output) {
    if (output instanceof PunchOutput.Open open) {
      dialling.add(open.id());
    } else if (output instanceof PunchOutput.Close close) {
      assertThat(dialling.remove(close.id()) | standing.remove(close.id())).isTrue();
    } else if (output instanceof PunchOutput.HandOver winner) {
      assertThat(proven).contains(winner.id());
      assertThat(standing.remove(winner.id())).isTrue();
      lastWords++;
    } else if (output instanceof PunchOutput.Failed) {
      lastWords++;
    }
  }
}
