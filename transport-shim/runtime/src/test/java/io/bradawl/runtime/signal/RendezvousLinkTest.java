package io.bradawl.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.realm.AccessChallenge;
import io.bradawl.protocol.signal.Registrant;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.runtime.loop.NettyDriverLoop;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a scripted server; the real one is met in the integration tests. */
class RendezvousLinkTest {

  private static final X25519KeyPair KEYS = keys();
  private static final PeerInstance SELF = new PeerInstance(new PeerId(KEYS.publicKey()), 1);
  private static final int PATIENCE = 10;

  private final NettyDriverLoop loop = new NettyDriverLoop();
  private ServerSocket server;
  private RendezvousLink link;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    RendezvousServer address = new RendezvousServer("127.0.0.1", server.getLocalPort());
    link =
        new RendezvousLink(
            loop, List.of(address), new Registrant(SELF, KEYS, null, null), new Random(1));
  }

  @AfterEach
  void close() throws IOException {
    loop.close();
    server.close();
  }

  @Test
  void registersAndLooksUp() throws Exception {
    link.start(signal -> {});
    try (Socket connection = server.accept()) {
      StunMessage register = admit(connection);
      write(connection, register, new Signal.Registered(observed(), Duration.ofSeconds(60)));
      link.registered().get(PATIENCE, TimeUnit.SECONDS);
      assertThat(link.server().get(PATIENCE, TimeUnit.SECONDS).getPort())
          .isEqualTo(server.getLocalPort());

      var found = link.lookup(new Signal.Lookup(new PeerName("db")));
      StunMessage lookup = readPastMeasurements(connection);
      write(connection, lookup, new Signal.Found(SELF.id(), null, null));
      assertThat(found.get(PATIENCE, TimeUnit.SECONDS).id()).isEqualTo(SELF.id());
      assertThat(link.rtt()).isPositive();
    }
  }

  @Test
  void comesBackAfterALostConnection() throws Exception {
    link.start(signal -> {});
    for (int i = 0; i < 2; i++) {
      try (Socket connection = server.accept()) {
        StunMessage register = admit(connection);
        write(connection, register, new Signal.Registered(observed(), Duration.ofSeconds(60)));
        link.registered().get(PATIENCE, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void aRendezvousThatIsNotThereIsNamed() throws Exception {
    int port = server.getLocalPort();
    server.close();
    link.start(signal -> {});
    assertThatThrownBy(
            () ->
                link.lookup(new Signal.Lookup(new PeerName("db"))).get(PATIENCE, TimeUnit.SECONDS))
        .hasCauseInstanceOf(SignallingException.class)
        .hasMessageContaining("rendezvous 127.0.0.1:" + port + ": connection refused");
  }

  @Test
  void garbageFromTheServerEndsTheConnectionOnly() throws Exception {
    link.start(signal -> {});
    try (Socket connection = server.accept()) {
      byte[] garbage = new byte[1000];
      new Random(3).nextBytes(garbage);
      Arrays.fill(garbage, 2, 4, (byte) 0);
      connection.getOutputStream().write(garbage);
      try (Socket again = server.accept()) {
        assertThat(SignalCodec.decode(read(again))).isInstanceOf(Signal.Register.class);
      }
    }
  }

  /** Challenges the peer and returns its proof. */
  private static StunMessage admit(Socket connection) throws Exception {
    StunMessage register = read(connection);
    assertThat(SignalCodec.decode(register)).isInstanceOf(Signal.Register.class);
    AccessChallenge challenge =
        new AccessChallenge(Octets.of(new byte[AccessChallenge.NONCE_LENGTH]), KEYS.publicKey());
    write(connection, register, new Signal.Challenged(challenge));
    StunMessage proof = read(connection);
    assertThat(SignalCodec.decode(proof))
        .isInstanceOfSatisfying(
            Signal.Register.class, proven -> assertThat(proven.proof()).isNotNull());
    return proof;
  }

  private static X25519KeyPair keys() {
    return X25519KeyPair.of(Secret.takeOver(new byte[X25519KeyPair.LENGTH]));
  }

  private static TransportAddress observed() {
    return new TransportAddress(InetAddress.getLoopbackAddress(), 1234);
  }

  private static StunMessage readPastMeasurements(Socket connection) throws Exception {
    StunMessage message = read(connection);
    while (message.method() == StunMethod.BINDING) {
      ByteBuffer answer = StunEncoder.encode(message.success());
      connection.getOutputStream().write(answer.array(), answer.arrayOffset(), answer.remaining());
      message = read(connection);
    }
    return message;
  }

  private static StunMessage read(Socket connection) throws Exception {
    DataInputStream in = new DataInputStream(connection.getInputStream());
    byte[] header = in.readNBytes(StunHeader.LENGTH);
    byte[] message = Arrays.copyOf(header, StunHeader.messageLength(ByteBuffer.wrap(header)));
    in.readFully(message, header.length, message.length - header.length);
    return StunDecoder.decode(ByteBuffer.wrap(message));
  }

  private static void write(Socket connection, StunMessage request, Signal.Response response)
      throws IOException {
    ByteBuffer wire = StunEncoder.encode(SignalCodec.respond(request, response));
    connection.getOutputStream().write(wire.array(), wire.arrayOffset(), wire.remaining());
  }
}
