package io.bradawl.it.load;

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
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.wire.WireFormatException;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;

/** A peer that is there and can be offered paths, and makes none. All are of one realm. */
final class RegisteredPeer implements AutoCloseable {

  /** How often an agent shows that it is there. */
  static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

  private static final Realm REALM = Realm.of(Secret.zeros(32));
  private static final Service SERVICE = new Service(Transport.TCP, 9092);
  private static final int DESCRIPTION = 300;
  private static final int PATIENCE_MILLIS = 60_000;

  private final PeerInstance self;
  private final Socket socket;
  private final Random random;

  private RegisteredPeer(PeerInstance self, Socket socket, int seed) throws IOException {
    this.self = self;
    this.socket = socket;
    this.random = new Random(seed);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  static RegisteredPeer register(InetSocketAddress server, int seed) throws IOException {
    byte[] key = new byte[X25519KeyPair.LENGTH];
    new Random(seed).nextBytes(key);
    X25519KeyPair keys = X25519KeyPair.of(Secret.takeOver(key));
    PeerInstance self = new PeerInstance(new PeerId(keys.publicKey()), seed);
    Socket socket = new Socket(server.getAddress(), server.getPort());
    RegisteredPeer peer = new RegisteredPeer(self, socket, seed);
    peer.register(new Registrant(self, keys, REALM, null));
    return peer;
  }

  private void register(Registrant registrant) throws IOException {
    try {
      Signal.Register statement = registrant.register(Set.of(SERVICE));
      Signal answer = ask(statement);
      if (answer instanceof Signal.Challenged challenged) {
        answer = ask(statement.proven(registrant.prove(statement, challenged.challenge())));
      }
      if (!(answer instanceof Signal.Registered)) {
        throw new IOException("not registered: " + answer);
      }
    } catch (AccessException | WireFormatException | SignalFormatException e) {
      throw new IOException("not registered", e);
    }
  }

  private Signal ask(Signal.Request request)
      throws IOException, WireFormatException, SignalFormatException {
    write(SignalCodec.encode(request, TransactionId.draw(random)));
    return SignalCodec.decode(read());
  }

  /** Offers a path. */
  void offer(RegisteredPeer to, int number) throws IOException {
    Octets description = Octets.of(new byte[DESCRIPTION]);
    write(
        SignalCodec.encode(
            new Signal.Offer(
                new SessionId(number, random.nextLong()), self, to.self.id(), SERVICE, description),
            TransactionId.draw(random)));
  }

  /** Sends what keeps the registration. */
  void live() throws IOException {
    write(StunMessage.request(StunMethod.BINDING, TransactionId.draw(random)));
  }

  /** Whether the next message is an offer of somebody else, or a success. */
  boolean hear() throws IOException {
    try {
      StunMessage message = read();
      return message.messageClass() == StunClass.SUCCESS
          || SignalCodec.decode(message) instanceof Signal.Offer;
    } catch (WireFormatException | SignalFormatException e) {
      throw new IOException("nonsense from the server", e);
    }
  }

  private void write(StunMessage message) throws IOException {
    ByteBuffer wire = StunEncoder.encode(message);
    socket.getOutputStream().write(wire.array(), 0, wire.remaining());
  }

  private StunMessage read() throws IOException, WireFormatException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] header = new byte[StunHeader.LENGTH];
    in.readFully(header);
    byte[] message = Arrays.copyOf(header, StunHeader.messageLength(ByteBuffer.wrap(header)));
    in.readFully(message, header.length, message.length - header.length);
    return StunDecoder.decode(ByteBuffer.wrap(message));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
