package io.bradawl.rendezvous.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.fuzz.Bound;
import io.bradawl.protocol.fuzz.Mutation;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.realm.AccessException;
import io.bradawl.protocol.realm.AccessProof;
import io.bradawl.protocol.realm.AccessRequest;
import io.bradawl.protocol.signal.PathCounts;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import io.bradawl.protocol.signal.SignalCodec;
import io.bradawl.protocol.signal.SignalFormatException;
import io.bradawl.protocol.signal.SignalSamples;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunSamples;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.admission.Quotas;
import io.bradawl.rendezvous.admission.RealmList;
import io.bradawl.rendezvous.stun.BindingResponder;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Peers at a rendezvous, with keys and without manners: they register, ask, offer, answer and
 * withdraw in any order, in the name of others too, come and go, and send rubbish.
 */
class SignallingFuzzTest {

  /** Proofs take X25519, which makes large numbers. */
  private static final Bound BOUND = new Bound(1 << 24, 1 << 20);

  private static final int MANY = 1_000_000;
  private static final Duration LONG = Duration.ofHours(1);
  private static final Limits LIMITS =
      new Limits(MANY, LONG, LONG, MANY, new Quotas(MANY, MANY, 4, MANY));
  private static final List<X25519KeyPair> KEYS = List.of(keys(1), keys(2), keys(3));
  private static final TransactionId ID = new TransactionId(1, 2);
  private static final Service SERVICE = new Service(Transport.TCP, 80);

  private final List<Peer> peers = new ArrayList<>();

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    BOUND.hold(input, data -> new SignallingFuzzTest().run(data));
  }

  private void run(FuzzedDataProvider data) throws AccessException {
    EmbeddedChannel any = new EmbeddedChannel();
    Signalling signalling =
        new Signalling(any.eventLoop(), LIMITS, RealmList.ANY, null, null, Telemetry.unseen());
    Consumer<Channel> reception = signalling.reception(BindingResponder.TACITURN, null);
    for (int steps = 0; data.remainingBytes() > 0 && steps < 40; steps++) {
      if (peers.size() < 4 || data.consumeInt(0, 15) == 0) {
        Peer peer = new Peer(data.pickValue(KEYS), data.consumeInt(0, 1));
        reception.accept(peer.wire);
        peer.wire.pipeline().fireChannelActive();
        peers.add(peer);
      }
      step(data.pickValue(peers), data);
      peers.forEach(Peer::listen);
    }
    peers.forEach(peer -> peer.wire.close());
    var left = signalling.census(1);
    any.runPendingTasks();
    assertThat(left.join().newest()).as("peers left behind").isEmpty();
    signalling.close();
    any.close();
  }

  private void step(Peer peer, FuzzedDataProvider data) throws AccessException {
    Random random = new Random(data.consumeByte());
    PeerInstance self = data.consumeInt(0, 7) == 0 ? data.pickValue(peers).self : peer.self;
    PeerInstance other = data.pickValue(peers).self;
    SessionId session = new SessionId(0, data.consumeInt(0, 3));
    StunMessage message =
        switch (data.consumeInt(0, 9)) {
          case 0, 1, 2 -> SignalCodec.encode(peer.register(), ID);
          case 3 -> SignalCodec.encode(new Signal.Lookup(other.id()), ID);
          case 4, 5 ->
              SignalCodec.encode(
                  new Signal.Offer(session, self, other.id(), SERVICE, Octets.of()), ID);
          case 6 -> SignalCodec.encode(new Signal.Answer(session, self, other, Octets.of()), ID);
          case 7 -> SignalCodec.encode(new Signal.Withdrawal(session, self, other.id()), ID);
          case 8 -> SignalCodec.encode(data.pickValue(SignalSamples.INDICATIONS).apply(random), ID);
          default -> StunSamples.message(random);
        };
    byte[] wire = StunEncoder.encode(message).array();
    peer.say(data.consumeInt(0, 7) == 0 ? Mutation.of(wire, data) : wire, data);
  }

  private static X25519KeyPair keys(int seed) {
    byte[] octets = new byte[X25519KeyPair.LENGTH];
    octets[1] = (byte) seed;
    return X25519KeyPair.of(Secret.takeOver(octets));
  }

  /** One connection of one process. */
  private static final class Peer {

    private final EmbeddedChannel wire = new Wire();
    private final X25519KeyPair keys;
    private final PeerInstance self;
    private Signal.@Nullable Challenged challenged;

    Peer(X25519KeyPair keys, int instance) {
      this.keys = keys;
      this.self = new PeerInstance(new PeerId(keys.publicKey()), instance);
    }

    /** With proof as soon as that is possible. */
    Signal.Register register() throws AccessException {
      Octets proof =
          challenged == null
              ? null
              : AccessProof.of(
                  challenged.challenge(), new AccessRequest(self, null, Octets.of()), keys, null);
      return new Signal.Register(self, null, null, Set.of(SERVICE), proof, PathCounts.NONE);
    }

    void say(byte[] octets, FuzzedDataProvider data) {
      int cut = data.consumeInt(0, octets.length);
      if (wire.isOpen()) {
        wire.writeInbound(Unpooled.copiedBuffer(octets, 0, cut));
      }
      if (wire.isOpen()) {
        wire.writeInbound(Unpooled.copiedBuffer(octets, cut, octets.length - cut));
      }
      wire.runPendingTasks();
      wire.checkException();
      assertThat(Closing.reason(wire)).doesNotContain("fault");
    }

    void listen() {
      wire.runPendingTasks();
      int heard = 0;
      for (ByteBuf frame = wire.readOutbound(); frame != null; frame = wire.readOutbound()) {
        heard++;
        hear(frame);
        frame.release();
      }
      assertThat(heard).as("messages upon one").isLessThanOrEqualTo(3);
    }

    private void hear(ByteBuf frame) {
      try {
        StunMessage message = StunDecoder.decode(frame.nioBuffer());
        if (SignalCodec.decode(message) instanceof Signal.Challenged asked) {
          challenged = asked;
        }
      } catch (WireFormatException e) {
        throw new AssertionError("the server sends what does not decode", e);
      } catch (SignalFormatException e) {
        // A response to Binding, or to a method that is none.
      }
    }
  }

  private static final class Wire extends EmbeddedChannel {
    @Override
    protected SocketAddress remoteAddress0() {
      return new InetSocketAddress("203.0.113.9", 4000);
    }
  }
}
