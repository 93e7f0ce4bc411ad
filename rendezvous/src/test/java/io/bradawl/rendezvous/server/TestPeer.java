package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.signal.Registrant;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.TransactionId;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A peer on a plain JDK socket. */
final class TestPeer implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  /** The realm of all test peers that are given no other. */
  static final Realm REALM = realm(100);

  final PeerInstance self;
  final Registrant registrant;
  private final Socket socket;
  private final DataInputStream in;
  private final Random random;

  TestPeer(InetSocketAddress server, int seed, String name) throws IOException {
    this(server, registrant(seed, REALM, name));
  }

  TestPeer(InetSocketAddress server, Registrant registrant) throws IOException {
    this(new Socket(server.getAddress(), server.getPort()), registrant);
  }

  /** Over a connection that is there already. */
  TestPeer(Socket socket, Registrant registrant) throws IOException {
    this.registrant = registrant;
    this.self = registrant.self();
    this.random = new Random(self.instance());
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(socket.getInputStream());
  }

  static Registrant registrant(int seed, @Nullable Realm realm, @Nullable String name) {
    X25519KeyPair keys = X25519KeyPair.of(Secret.takeOver(octets(seed)));
    return new Registrant(
        new PeerInstance(new PeerId(keys.publicKey()), seed),
        keys,
        realm,
        name == null ? null : new PeerName(name));
  }

  static Realm realm(int seed) {
    return Realm.of(Secret.takeOver(octets(seed)));
  }

  private static byte[] octets(int seed) {
    byte[] octets = new byte[32];
    Arrays.fill(octets, (byte) seed);
    return octets;
  }

  TransportAddress local() {
    return new TransportAddress(socket.getLocalAddress(), socket.getLocalPort());
  }

  /** Registers, proving what is asked to be proven. */
  Signal register(Service... services) throws Exception {
    return register(registrant.register(Set.of(services)));
  }

  /** Registers with a statement that may be false, and a proof of what is true. */
  Signal register(Signal.Register statement) throws Exception {
    Signal answer = ask(statement);
    return answer instanceof Signal.Challenged challenged
        ? ask(statement.proven(prove(statement, challenged)))
        : answer;
  }

  private Octets prove(Signal.Register statement, Signal.Challenged challenged) throws Exception {
    return registrant.prove(registrant.register(statement.services()), challenged.challenge());
  }

  Signal ask(Signal.Request request) throws Exception {
    StunMessage message = SignalCodec.encode(request, TransactionId.draw(random));
    StunMessage answer = ask(message);
    return SignalCodec.decode(answer);
  }

  StunMessage ask(StunMessage request) throws Exception {
    write(octets(request));
    StunMessage answer = read();
    assertThat(answer.transaction()).isEqualTo(request.transaction());
    return answer;
  }

  void tell(Signal.Indication indication) throws IOException {
    write(octets(SignalCodec.encode(indication, TransactionId.draw(random))));
  }

  Signal hear() throws Exception {
    return SignalCodec.decode(read());
  }

  void write(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
  }

  StunMessage read() throws Exception {
    byte[] header = new byte[StunHeader.LENGTH];
    in.readFully(header);
    byte[] message = Arrays.copyOf(header, StunHeader.messageLength(ByteBuffer.wrap(header)));
    in.readFully(message, header.length, message.length - header.length);
    return StunDecoder.decode(ByteBuffer.wrap(message));
  }

  /** Waits for the server to close the connection, however it does. */
  void awaitClosed() throws IOException {
    try {
      assertThat(in.read()).as("what comes instead of the end").isEqualTo(-1);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  /** The same, whatever comes before. */
  void awaitEnd() throws IOException {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  static byte[] octets(StunMessage message) {
    ByteBuffer wire = StunEncoder.encode(message);
    byte[] octets = new byte[wire.remaining()];
    wire.get(octets);
    return octets;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
