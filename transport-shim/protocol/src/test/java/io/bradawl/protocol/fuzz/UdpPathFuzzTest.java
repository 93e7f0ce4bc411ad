package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.PathSessions;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.path.ProvenMessage;
import io.bradawl.protocol.path.Role;
import io.bradawl.protocol.path.udp.Pair;
import io.bradawl.protocol.path.udp.PathInput;
import io.bradawl.protocol.path.udp.PathOutput;
import io.bradawl.protocol.path.udp.UdpPath;
import io.bradawl.protocol.stun.TransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A path between two peers of which the other one, who has the keys, says what it likes, when and
 * from where it likes, and a stranger changes some of it.
 */
class UdpPathFuzzTest {

  private static final Octets SEALED = Octets.of(new byte[] {8, 0, 0, 0, 0, 0, 1});

  private final List<Octets> sent = new ArrayList<>();
  private int sourcesProven;
  private int lastWords;

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    Bound.OF_MACHINE.hold(input, data -> new UdpPathFuzzTest().run(data));
  }

  private void run(FuzzedDataProvider data) {
    Role role = data.pickValue(Role.values());
    var session = PathSessions.of(role, Peers.local(data), Peers.remote(data));
    UdpPath path = new UdpPath(session, new Random(data.consumeInt()));
    Proof own = session.proof();
    Proof others = PathSessions.of(role.other(), PathSessions.OWN).proof();
    var conduct = new Conduct<>(path, PathSessions.START - 1000, 64, this::perform);
    while (data.remainingBytes() > 0) {
      step(conduct, own, others, data);
      assertThat(lastWords).as("last words").isEqualTo(path.isOver() ? 1 : 0);
    }
    assertThat(sourcesProven).isLessThanOrEqualTo(UdpPath.MAX_PAIRS);
  }

  private void step(
      Conduct<PathInput, PathOutput> conduct, Proof own, Proof others, FuzzedDataProvider data) {
    switch (data.consumeInt(0, 9)) {
      case 0, 1, 2 -> conduct.pass(Peers.pause(data));
      case 3 -> conduct.tell(new PathInput.Activity(conduct.now() - Peers.pause(data)));
      case 4 -> {
        switch (data.consumeInt(0, 15)) {
          case 0 -> conduct.tell(new PathInput.Abandon());
          case 1, 2, 3 -> conduct.tell(new PathInput.Rerouted());
          default -> conduct.tell(new PathInput.Early(SEALED));
        }
      }
      default -> receive(conduct, own, said(others, data), data);
    }
  }

  /** What does not prove itself never gets to a path. */
  private static void receive(
      Conduct<PathInput, PathOutput> conduct, Proof own, Octets message, FuzzedDataProvider data) {
    Octets received = data.consumeInt(0, 7) == 0 ? Mutation.of(message, data) : message;
    ProvenMessage proven = own.verify(received.asByteBuffer());
    if (proven == null) {
      assertThat(received).as("what proves nothing").isNotEqualTo(message);
    } else {
      TransportAddress from = Peers.address(data);
      conduct.tell(
          new PathInput.Control(
              data.consumeBoolean() ? Pair.direct(from) : Pair.relayed(from), proven));
    }
  }

  private Octets said(Proof others, FuzzedDataProvider data) {
    TransactionId any = new TransactionId(data.consumeInt(0, 3), data.consumeInt(0, 3));
    return switch (data.consumeInt(0, 7)) {
      case 0 -> others.request(any, true);
      case 1 -> others.request(any, false);
      case 2 -> others.request(any, SEALED);
      case 3 -> data.consumeInt(0, 7) == 0 ? others.farewell(any) : others.request(any, false);
      default ->
          others.response(sent.isEmpty() ? any : asked(data.pickValue(sent)), Peers.address(data));
    };
  }

  /** The transaction id of a message on the wire (RFC 8489 section 5). */
  private static TransactionId asked(Octets message) {
    return new TransactionId(message.asByteBuffer().getInt(8), message.asByteBuffer().getLong(12));
  }

  private void perform(PathOutput output) {
    if (output instanceof PathOutput.Send send) {
      if (!send.message().equals(SEALED)) {
        sent.add(send.message());
      }
    } else if (output instanceof PathOutput.SourceProven) {
      sourcesProven++;
    } else if (output instanceof PathOutput.Down || output instanceof PathOutput.Failed) {
      lastWords++;
    }
  }
}
