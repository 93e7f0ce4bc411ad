package io.bradawl.it.load.client;

import io.bradawl.it.load.datagram.Batch;
import io.bradawl.it.load.datagram.Line;
import io.bradawl.it.load.datagram.UdpSocket;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ChannelNumber;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Lifetime;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.protocol.stun.credential.LongTermClient;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import io.bradawl.protocol.stun.credential.PreparedRequest;
import io.bradawl.protocol.wire.WireFormatException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One allocation with one channel, set up one request after the other. */
public final class TurnSession implements AutoCloseable {

  /** The channel to the peer, in every session. */
  public static final int CHANNEL = 0x4000;

  private static final int LINES = 3;
  private static final int ATTEMPTS = 4;
  private static final long PATIENCE = 5_000_000_000L;
  private static final int LOOK_EVERY_MILLIS = 500;
  private static final int LONGEST = 1024;

  /** Shared by all, since all are set up on one thread. */
  public static final class Desk {
    private final RandomGenerator random = new SplittableRandom(1);
    private final Batch batch = new Batch(LONGEST, false);
    private final LongTermClient account;

    public Desk(String user, String password) {
      account = new LongTermClient(new LongTermCredential(user, password), null);
    }
  }

  private final Desk desk;
  private final Line line;

  private TurnSession(Desk desk, Line line) {
    this.desk = desk;
    this.line = line;
  }

  /** On a socket of its own. */
  public static TurnSession open(Desk desk, InetSocketAddress server, InetSocketAddress peer) {
    for (int left = LINES; ; left--) {
      UdpSocket socket = UdpSocket.connected(server);
      try {
        return open(desk, socket, peer);
      } catch (IllegalStateException refused) {
        socket.close();
        // The port may be one whose former session is not over yet for the server.
        if (left == 1) {
          throw refused;
        }
      }
    }
  }

  /** On a line that is shared or prepared otherwise; {@link #close} closes it. */
  public static TurnSession open(Desk desk, Line line, InetSocketAddress peer) {
    TurnSession session = new TurnSession(desk, line);
    session.must(StunMethod.ALLOCATE, RequestedTransport.UDP);
    session.must(
        StunMethod.CHANNEL_BIND,
        new ChannelNumber(CHANNEL),
        new XorPeerAddress(new TransportAddress(peer.getAddress(), peer.getPort())));
    return session;
  }

  private StunMessage ask(int method, StunAttribute... attributes) {
    StunMessage last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      PreparedRequest request = prepare(method, attributes);
      StunMessage answer = answer(request);
      last = answer == null ? last : answer;
      if (answer != null && desk.account.judge(request, answer) == LongTermClient.Answer.GENUINE) {
        return answer;
      }
    }
    throw new IllegalStateException("TURN method " + method + " is not answered but by " + last);
  }

  private PreparedRequest prepare(int method, StunAttribute... attributes) {
    return desk.account.prepare(
        StunMessage.request(method, TransactionId.draw(desk.random), attributes));
  }

  private void send(PreparedRequest request) {
    ByteBuffer wire = request.encode(false);
    line.send(Batch.direct(wire.remaining()).put(wire).flip());
  }

  private void must(int method, StunAttribute... attributes) {
    StunMessage answer = ask(method, attributes);
    if (answer.messageClass() != StunClass.SUCCESS) {
      throw new IllegalStateException(
          "TURN method " + method + " refused: " + answer.first(ErrorCode.class));
    }
  }

  private @Nullable StunMessage answer(PreparedRequest request) {
    send(request);
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE) {
      line.await(LOOK_EVERY_MILLIS);
      int count = line.receive(desk.batch);
      for (int i = 0; i < count; i++) {
        StunMessage message = decoded(desk.batch.datagram(i));
        if (message != null && message.transaction().equals(request.message().transaction())) {
          return message;
        }
      }
    }
    return null;
  }

  /** Or {@code null}: data may come to a port that another session had before. */
  private static @Nullable StunMessage decoded(ByteBuffer datagram) {
    try {
      return StunDecoder.decode(datagram);
    } catch (WireFormatException data) {
      return null;
    }
  }

  /** Says that it is over, and does not look for the answer among the data that still come in. */
  @Override
  public void close() {
    send(prepare(StunMethod.REFRESH, new Lifetime(0)));
    line.close();
  }
}
