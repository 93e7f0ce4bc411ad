package io.bradawl.it.load.client;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.realm.AccessException;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.signal.Registrant;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.signal.SignalFormatException;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A peer that is there and can be offered paths, and makes none. All are of one realm. */
public final class RegisteredPeer implements AutoCloseable {

  /** How often an agent shows that it is there. */
  public static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

  private static final Realm REALM = Realm.of(Secret.zeros(32));
  private static final Service SERVICE = new Service(Transport.TCP, 9092);
  private static final int DESCRIPTION = 300;

  private final Registrant registrant;
  private final StunSocket socket;
  private final Random random;

  private RegisteredPeer(Registrant registrant, StunSocket socket, Random random) {
    this.registrant = registrant;
    this.socket = socket;
    this.random = random;
  }

  /** Connects from any address and registers the peer with this seed. */
  public static RegisteredPeer register(InetSocketAddress server, int seed) throws IOException {
    return register(server, null, seed, new Random(seed));
  }

  /**
   * Connects and registers.
   *
   * @param source address, {@code null} for any
   * @param seed from which the peer's id follows
   */
  public static RegisteredPeer register(
      InetSocketAddress server, @Nullable InetAddress source, int seed, Random random)
      throws IOException {
    X25519KeyPair keys = keys(seed);
    PeerInstance self = new PeerInstance(new PeerId(keys.publicKey()), seed);
    StunSocket socket = new StunSocket(server, source);
    RegisteredPeer peer =
        new RegisteredPeer(new Registrant(self, keys, REALM, null), socket, random);
    peer.register();
    return peer;
  }

  /** Lets all show that they are there; returns how many are. */
  public static int live(List<RegisteredPeer> peers) throws IOException {
    for (RegisteredPeer peer : peers) {
      peer.live();
    }
    int alive = 0;
    for (RegisteredPeer peer : peers) {
      alive += peer.hear() ? 1 : 0;
    }
    return alive;
  }

  /** The id of the peer with this seed. */
  public static PeerId id(int seed) {
    return new PeerId(keys(seed).publicKey());
  }

  private static X25519KeyPair keys(int seed) {
    byte[] key = new byte[X25519KeyPair.LENGTH];
    new Random(seed).nextBytes(key);
    return X25519KeyPair.of(Secret.takeOver(key));
  }

  public PeerId id() {
    return registrant.self().id();
  }

  private void register() throws IOException {
    try {
      Signal.Register statement = registrant.register(Set.of(SERVICE));
      Signal answer = ask(statement);
      if (answer instanceof Signal.Challenged challenged) {
        answer = ask(statement.proven(registrant.prove(statement, challenged.challenge())));
      }
      if (!(answer instanceof Signal.Registered)) {
        throw new IOException("not registered: " + answer);
      }
    } catch (AccessException | SignalFormatException e) {
      throw new IOException("not registered", e);
    }
  }

  private Signal ask(Signal.Request request) throws IOException, SignalFormatException {
    socket.write(SignalCodec.encode(request, TransactionId.draw(random)));
    return SignalCodec.decode(socket.read());
  }

  /** Offers a path. */
  public void offer(PeerId to, int number) throws IOException {
    Octets description = Octets.of(new byte[DESCRIPTION]);
    socket.write(
        SignalCodec.encode(
            new Signal.Offer(
                new SessionId(number, random.nextLong()),
                registrant.self(),
                to,
                SERVICE,
                description),
            TransactionId.draw(random)));
  }

  /** Sends what keeps the connection. */
  public void live() throws IOException {
    socket.write(StunMessage.request(StunMethod.BINDING, TransactionId.draw(random)));
  }

  /** Sends what keeps the registration known to other nodes. */
  public void renew() throws IOException {
    ask(TransactionId.draw(random), registrant.register(Set.of(SERVICE)));
  }

  /** Asks for another peer; a success is the answer. */
  public void lookUp(PeerId whom) throws IOException {
    ask(TransactionId.draw(random), new Signal.Lookup(whom));
  }

  private void ask(TransactionId transaction, Signal.Request request) throws IOException {
    socket.write(SignalCodec.encode(request, transaction));
  }

  /** Whether the next message is an offer of somebody else, or a success. */
  public boolean hear() throws IOException {
    StunMessage message = socket.read();
    return message.messageClass() == StunClass.SUCCESS || isOffer(message);
  }

  /**
   * Reads up to the next answer.
   *
   * @param offers is told of every offer before it
   * @return whether it is a success
   */
  public boolean hearAnswer(Runnable offers) throws IOException {
    StunMessage message = socket.read();
    while (message.messageClass() == StunClass.INDICATION) {
      if (isOffer(message)) {
        offers.run();
      }
      message = socket.read();
    }
    return message.messageClass() == StunClass.SUCCESS;
  }

  private static boolean isOffer(StunMessage message) throws IOException {
    try {
      return SignalCodec.decode(message) instanceof Signal.Offer;
    } catch (SignalFormatException e) {
      throw new IOException("nonsense from the server", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
