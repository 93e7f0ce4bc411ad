package io.bradawl.rendezvous.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.TransactionId;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;

/** A peer on a plain JDK socket. */
final class TestPeer implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  final PeerInstance self;
  final PeerName name;
  private final Socket socket;
  private final DataInputStream in;
  private final Random random;

  TestPeer(InetSocketAddress server, int seed, String name) throws IOException {
    this(server, new PeerInstance(id(seed), seed), name);
  }

  TestPeer(InetSocketAddress server, PeerInstance self, String name) throws IOException {
    this.self = self;
    this.name = name == null ? null : new PeerName(name);
    this.random = new Random(self.instance());
    this.socket = new Socket(server.getAddress(), server.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(socket.getInputStream());
  }

  static PeerId id(int seed) {
    byte[] key = new byte[PeerId.LENGTH];
    Arrays.fill(key, (byte) seed);
    return new PeerId(Octets.of(key));
  }

  TransportAddress local() {
    return new TransportAddress(socket.getLocalAddress(), socket.getLocalPort());
  }

  Signal register(Service... services) throws Exception {
    return ask(new Signal.Register(self, name, Set.of(services)));
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
