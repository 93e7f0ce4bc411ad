package io.bradawl.protocol.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.realm.AccessRequest;
import io.bradawl.protocol.realm.AccessVerifier;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.signal.RegistrationInput.Connected;
import io.bradawl.protocol.signal.RegistrationInput.Disconnected;
import io.bradawl.protocol.signal.RegistrationInput.Received;
import io.bradawl.protocol.signal.RegistrationInput.Resolved;
import io.bradawl.protocol.signal.RegistrationOutput.Connect;
import io.bradawl.protocol.signal.RegistrationOutput.Resolve;
import io.bradawl.protocol.signal.RegistrationOutput.Send;
import io.bradawl.protocol.stun.StunMessage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Drives one {@link RegistrationMachine} through simulated time and keeps what it put out. */
public final class RegistrationWorld {

  private static final X25519KeyPair KEYS = keys(1);
  static final PeerInstance SELF = new PeerInstance(new PeerId(KEYS.publicKey()), 7);
  static final Realm REALM = Realm.of(Secret.copyOf(octets(2)));
  public static final Registrant REGISTRANT =
      new Registrant(SELF, KEYS, REALM, new PeerName("web"));

  final RegistrationMachine machine;
  private final AccessVerifier verifier = new AccessVerifier(Octets.of(octets(3)), keys(4));
  private final List<RegistrationOutput> outputs = new ArrayList<>();
  private final Map<Integer, List<TransportAddress>> addresses = new HashMap<>();
  private long now = 1_000_000_000L;

  RegistrationWorld(long seed, String... servers) {
    machine =
        new RegistrationMachine(
            REGISTRANT, List.of(servers), RegistrationTimes.DEFAULT, new Random(seed));
  }

  void tell(RegistrationInput input) {
    machine.handle(input, now);
    drain();
  }

  /** What look-ups of a server's name find from now on; without it they find one address. */
  void resolves(int server, TransportAddress... to) {
    addresses.put(server, List.of(to));
  }

  /** The {@code node}-th address of a server. */
  static TransportAddress address(int server, int node) {
    byte[] ip = {80, 0, (byte) server, (byte) (node + 1)};
    try {
      return new TransportAddress(InetAddress.getByAddress(ip), 3478);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
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

  /** Makes the connection that was asked for and returns what is sent over it at first. */
  Send greet(Connect connect) {
    tell(new Connected(connect.connection()));
    List<Send> sent = take(Send.class);
    assertThat(sent).hasSize(1);
    return sent.get(0);
  }

  /** Makes the connection, asks for the proof, and returns what is sent with it. */
  List<Send> accept(Connect connect) {
    answer(greet(connect), challenge());
    return take(Send.class);
  }

  Signal.Challenged challenge() {
    return new Signal.Challenged(verifier.challenge());
  }

  /** Whether the registration proves what it states; once. */
  boolean verifies(Signal.Register register) {
    AccessRequest request = new AccessRequest(register.self(), register.realm(), Octets.of());
    Octets proof = register.proof();
    return proof != null && verifier.verify(request, proof);
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

  private static X25519KeyPair keys(int seed) {
    return X25519KeyPair.of(Secret.takeOver(octets(seed)));
  }

  private static byte[] octets(int seed) {
    byte[] octets = new byte[32];
    new Random(seed).nextBytes(octets);
    return octets;
  }

  /** Host names are looked up at once, and without a trace among the outputs. */
  private void drain() {
    for (RegistrationOutput output = machine.poll(); output != null; output = machine.poll()) {
      if (output instanceof Resolve resolve) {
        resolve(resolve.server());
      } else {
        outputs.add(output);
      }
    }
  }

  private void resolve(int server) {
    List<TransportAddress> found = addresses.getOrDefault(server, List.of(address(server, 0)));
    machine.handle(new Resolved(server, found), now);
  }
}
