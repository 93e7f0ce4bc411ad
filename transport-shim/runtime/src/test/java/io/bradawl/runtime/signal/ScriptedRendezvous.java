package io.bradawl.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.realm.AccessChallenge;
import io.bradawl.protocol.signal.Registrant;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/** The rendezvous' side of a connection, step by step, and a peer to register there. */
final class ScriptedRendezvous {

  private static final X25519KeyPair KEYS =
      X25519KeyPair.of(Secret.takeOver(new byte[X25519KeyPair.LENGTH]));

  static final PeerInstance SELF = new PeerInstance(new PeerId(KEYS.publicKey()), 1);

  private ScriptedRendezvous() {}

  static Registrant registrant() {
    return new Registrant(SELF, KEYS, null, null);
  }

  /** Challenges the peer, and takes its registration. */
  static void register(Socket connection) throws Exception {
    StunMessage register = read(connection);
    assertThat(SignalCodec.decode(register)).isInstanceOf(Signal.Register.class);
    AccessChallenge challenge =
        new AccessChallenge(Octets.of(new byte[AccessChallenge.NONCE_LENGTH]), KEYS.publicKey());
    write(connection, register, new Signal.Challenged(challenge));
    StunMessage proof = read(connection);
    assertThat(SignalCodec.decode(proof))
        .isInstanceOfSatisfying(
            Signal.Register.class, proven -> assertThat(proven.proof()).isNotNull());
    TransportAddress observed = new TransportAddress(InetAddress.getLoopbackAddress(), 1234);
    write(connection, proof, new Signal.Registered(observed, Duration.ofSeconds(60)));
  }

  static StunMessage read(Socket connection) throws Exception {
    DataInputStream in = new DataInputStream(connection.getInputStream());
    byte[] header = new byte[StunHeader.LENGTH];
    in.readFully(header);
    byte[] message = Arrays.copyOf(header, StunHeader.messageLength(ByteBuffer.wrap(header)));
    in.readFully(message, header.length, message.length - header.length);
    return StunDecoder.decode(ByteBuffer.wrap(message));
  }

  static void write(Socket connection, StunMessage request, Signal.Response response)
      throws IOException {
    ByteBuffer wire = StunEncoder.encode(SignalCodec.respond(request, response));
    connection.getOutputStream().write(wire.array(), wire.arrayOffset(), wire.remaining());
  }
}
