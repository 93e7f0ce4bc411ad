package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.PathCounts;
import io.bradawl.protocol.signal.RegistrationInput;
import io.bradawl.protocol.signal.RegistrationMachine;
import io.bradawl.protocol.signal.RegistrationOutput;
import io.bradawl.protocol.signal.RegistrationTimes;
import io.bradawl.protocol.signal.RegistrationWorld;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.signal.SignalSamples;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A registration at three servers that refuse, answer rightly, answer something else, send what
 * nobody asked for, or are silent. Every look-up has exactly one outcome.
 */
class RegistrationFuzzTest {

  /** Random samples of signals are much longer than the choice of them. */
  private static final Bound BOUND = new Bound(1 << 22, 1 << 20);

  private static final List<String> SERVERS = List.of("one", "two", "three");

  private final List<Long> connecting = new ArrayList<>();
  private final List<Long> standing = new ArrayList<>();
  private final List<RegistrationOutput.Send> sent = new ArrayList<>();
  private final Set<Long> open = new HashSet<>();
  private long tickets;

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    BOUND.hold(input, data -> new RegistrationFuzzTest().run(data));
  }

  private void run(FuzzedDataProvider data) {
    var machine =
        new RegistrationMachine(
            RegistrationWorld.REGISTRANT,
            SERVERS,
            RegistrationTimes.DEFAULT,
            new Random(data.consumeInt()));
    var conduct = new Conduct<>(machine, data.consumeInt(), 80, this::perform);
    conduct.tell(new RegistrationInput.Start());
    while (data.remainingBytes() > 0) {
      step(conduct, data);
      assertThat(connecting.size() + standing.size()).as("connections").isLessThanOrEqualTo(3);
    }
    conduct.tell(new RegistrationInput.Stop());
    assertThat(open).as("look-ups without outcome").isEmpty();
    assertThat(connecting.size() + standing.size()).as("connections left").isZero();
    assertThat(machine.nextTimeout()).isEqualTo(RegistrationMachine.NEVER);
  }

  private void step(
      Conduct<RegistrationInput, RegistrationOutput> conduct, FuzzedDataProvider data) {
    Random random = new Random(data.consumeByte());
    switch (data.consumeInt(0, 10)) {
      case 0, 1 -> conduct.pass(Duration.ofMillis(data.consumeInt(0, 20_000)).toNanos());
      case 2 ->
          conduct.tell(
              new RegistrationInput.Serve(
                  Set.of(new Service(Transport.TCP, data.consumeInt(1, 3)))));
      case 3 -> conduct.tell(new RegistrationInput.Report(PathCounts.NONE));
      case 4 -> find(conduct, data);
      case 5 ->
          conduct.tell(
              new RegistrationInput.Tell(data.pickValue(SignalSamples.INDICATIONS).apply(random)));
      case 6 ->
          conduct.tell(
              new RegistrationInput.Resolved(
                  data.consumeInt(0, SERVERS.size() - 1),
                  Collections.nCopies(data.consumeInt(0, 3), SignalSamples.address(random))));
      case 7, 8 -> connected(conduct, data);
      default -> receive(conduct, random, data);
    }
  }

  private void find(
      Conduct<RegistrationInput, RegistrationOutput> conduct, FuzzedDataProvider data) {
    if (open.size() < 16) {
      open.add(++tickets);
      var lookup = new Signal.Lookup(new PeerName("p" + data.consumeInt(0, 3)));
      conduct.tell(new RegistrationInput.Find(tickets, lookup));
    }
  }

  private void connected(
      Conduct<RegistrationInput, RegistrationOutput> conduct, FuzzedDataProvider data) {
    if (!connecting.isEmpty() && data.consumeInt(0, 3) > 0) {
      Long connection = connecting.remove(0);
      standing.add(connection);
      conduct.tell(new RegistrationInput.Connected(connection));
    } else {
      List<Long> any = connecting.isEmpty() ? standing : connecting;
      if (!any.isEmpty()) {
        long connection = any.remove(data.consumeInt(0, any.size() - 1));
        conduct.tell(new RegistrationInput.Disconnected(connection, "connection reset"));
      }
    }
  }

  private void receive(
      Conduct<RegistrationInput, RegistrationOutput> conduct,
      Random random,
      FuzzedDataProvider data) {
    if (sent.isEmpty()) {
      return;
    }
    RegistrationOutput.Send send =
        data.consumeBoolean() ? sent.get(sent.size() - 1) : data.pickValue(sent);
    StunMessage said = message(send.message(), random, data);
    try {
      byte[] wire = Mutation.of(StunEncoder.encode(said).array(), data);
      StunMessage message = StunDecoder.decode(ByteBuffer.wrap(wire));
      conduct.tell(new RegistrationInput.Received(send.connection(), message));
    } catch (WireFormatException e) {
      standing.remove(send.connection());
      conduct.tell(new RegistrationInput.Disconnected(send.connection(), "rubbish"));
    }
  }

  private static StunMessage message(StunMessage to, Random random, FuzzedDataProvider data) {
    TransactionId any = new TransactionId(1, 2);
    return switch (data.consumeInt(0, 7)) {
      case 0 ->
          SignalCodec.encode(new Signal.Move(Duration.ofSeconds(data.consumeByte() & 127)), any);
      case 1 -> SignalCodec.encode(data.pickValue(SignalSamples.INDICATIONS).apply(random), any);
      case 2 -> SignalCodec.encode(SignalSamples.register(random), to.transaction());
      default ->
          SignalCodec.respond(
              to,
              SignalSamples.responseTo(
                  data.pickValue(SignalSamples.REQUESTS).apply(random), random));
    };
  }

  private void perform(RegistrationOutput output) {
    if (output instanceof RegistrationOutput.Connect connect) {
      connecting.add(connect.connection());
    } else if (output instanceof RegistrationOutput.Disconnect gone) {
      assertThat(connecting.remove(gone.connection()) | standing.remove(gone.connection()))
          .isTrue();
    } else if (output instanceof RegistrationOutput.Send send) {
      sent.add(send);
    } else if (output instanceof RegistrationOutput.LookupDone done) {
      assertThat(open.remove(done.ticket())).isTrue();
    } else if (output instanceof RegistrationOutput.LookupFailed failed) {
      assertThat(open.remove(failed.ticket())).isTrue();
    }
  }
}
