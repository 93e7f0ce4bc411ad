package io.bradawl.protocol.signal;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.RegistrationInput.Connected;
import io.bradawl.protocol.signal.RegistrationInput.Disconnected;
import io.bradawl.protocol.signal.RegistrationInput.Received;
import io.bradawl.protocol.signal.RegistrationOutput.Connect;
import io.bradawl.protocol.signal.RegistrationOutput.Send;
import io.bradawl.protocol.stun.StunMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Drives one {@link RegistrationMachine} through simulated time and keeps what it put out. */
final class RegistrationWorld {

  static final PeerInstance SELF = SignalSamples.instance(new Random(1));
  static final PeerName NAME = new PeerName("web");

  final RegistrationMachine machine;
  private final List<RegistrationOutput> outputs = new ArrayList<>();
  private long now = 1_000_000_000L;

  RegistrationWorld(long seed, String... servers) {
    machine =
        new RegistrationMachine(
            SELF, NAME, List.of(servers), RegistrationTimes.DEFAULT, new Random(seed));
  }

  void tell(RegistrationInput input) {
    machine.handle(input, now);
    drain();
  }

  /** Lets time pass, ticking whenever the machine asked for it. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    while (machine.nextTimeout() <= end) {
      now = Math.max(now, machine.nextTimeout());
      machine.tick(now);
      drain();
    }
    now = end;
    machine.tick(now);
    drain();
  }

  /** How long until the machine wants a tick. */
  Duration untilTimeout() {
    long next = machine.nextTimeout();
    return next == Machine.NEVER ? Duration.ofDays(999) : Duration.ofNanos(next - now);
  }

  /** Everything put out since the last call. */
  List<RegistrationOutput> take() {
    List<RegistrationOutput> taken = List.copyOf(outputs);
    outputs.clear();
    return taken;
  }

  <T extends RegistrationOutput> List<T> take(Class<T> kind) {
    return take().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The last connection asked for. */
  Connect connect() {
    List<Connect> asked = take(Connect.class);
    return asked.get(asked.size() - 1);
  }

  /** Makes the connection that was asked for and returns the requests sent over it. */
  List<Send> accept(Connect connect) {
    tell(new Connected(connect.connection()));
    return take(Send.class);
  }

  void refuse(Connect connect) {
    tell(new Disconnected(connect.connection(), "connection refused"));
  }

  void answer(Send request, Signal.Response response) {
    answer(request.connection(), SignalCodec.respond(request.message(), response));
  }

  void answer(long connection, StunMessage message) {
    tell(new Received(connection, message));
  }

  private void drain() {
    for (RegistrationOutput output = machine.poll(); output != null; output = machine.poll()) {
      outputs.add(output);
    }
  }
}
