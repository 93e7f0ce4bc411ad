package io.bradawl.runtime.tcp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.runtime.dial.FramedReader;
import io.bradawl.runtime.loop.DriverLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * One TCP connection from a punch port to a rendezvous server. STUN Binding requests on it (RFC
 * 8489 section 6.2.2) tell what NATs make of the port, and keep them at it.
 */
final class MappedConnection {

  /** NATs must keep an established connection for 2 h (RFC 5382); many keep it for a minute. */
  static final Duration KEEPALIVE = Duration.ofSeconds(15);

  /** Without an answer for so long the connection is dead. */
  static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final int MAX_MESSAGE = 1024;

  private final Surroundings with;
  private final Owner owner;
  private final InetSocketAddress server;
  private final SocketChannel channel;
  private final DriverLoop.Watch watch;
  private final FramedReader reader = new FramedReader(MAX_MESSAGE);
  private TransactionId asked;
  private DriverLoop.Timer timer;
  private boolean closed;

  /** Who wants to know. */
  interface Owner {
    void mapped(MappedConnection by, TransportAddress mapped);

    /** The connection could not be made, or is lost; it is closed already. */
    void lost(MappedConnection connection, IOException why);
  }

  /** Begins to connect. */
  MappedConnection(
      Surroundings with, Owner owner, InetSocketAddress local, InetSocketAddress server)
      throws IOException {
    this.with = with;
    this.owner = owner;
    this.server = server;
    this.channel = PunchSockets.dial(local, server);
    this.asked = TransactionId.draw(with.random());
    this.watch = watch();
    this.timer = expiry();
    if (channel.isConnected()) { // at once; then no selector will ever say so
      with.loop().execute(() -> ready(SelectionKey.OP_CONNECT));
    }
  }

  boolean leadsTo(InetSocketAddress other) {
    return server.equals(other);
  }

  /** Stops without a word. */
  void close() {
    if (!closed) {
      closed = true;
      timer.cancel();
      watch.cancel();
      PunchSockets.abort(channel);
    }
  }

  private DriverLoop.Watch watch() throws IOException {
    try {
      return with.loop().watch(channel, SelectionKey.OP_CONNECT, this::ready);
    } catch (IOException e) {
      PunchSockets.close(channel);
      throw e;
    }
  }

  private DriverLoop.Timer expiry() {
    long at = with.loop().now() + PATIENCE.toNanos();
    String text = "no answer from " + server + " within " + PATIENCE.toSeconds() + " s";
    return with.loop().at(at, () -> lose(new IOException(text)));
  }

  private void ready(int ops) {
    if (closed) {
      return;
    }
    try {
      if ((ops & SelectionKey.OP_CONNECT) != 0 && channel.finishConnect()) {
        watch.interest(SelectionKey.OP_READ);
        ask();
      } else if ((ops & SelectionKey.OP_READ) != 0) {
        read();
      }
    } catch (IOException e) {
      lose(e);
    }
  }

  private void ask() throws IOException {
    ByteBuffer request = StunEncoder.encode(StunMessage.request(StunMethod.BINDING, asked));
    channel.write(request);
    if (request.hasRemaining()) {
      throw new IOException("the send buffer is full: the server no longer reads");
    }
  }

  private void askAgain() {
    asked = TransactionId.draw(with.random());
    try {
      timer = expiry();
      ask();
    } catch (IOException e) {
      lose(e);
    }
  }

  private void read() throws IOException {
    Octets octets;
    while (!closed && (octets = reader.read(channel)) != null) {
      answered(message(octets));
    }
  }

  private void answered(StunMessage message) {
    XorMappedAddress mapped = message.first(XorMappedAddress.class);
    boolean ours = message.is(StunClass.SUCCESS, StunMethod.BINDING);
    if (ours && mapped != null && message.transaction().equals(asked)) {
      timer.cancel();
      timer = with.loop().at(with.loop().now() + KEEPALIVE.toNanos(), this::askAgain);
      owner.mapped(this, mapped.address());
    }
  }

  private static StunMessage message(Octets octets) throws IOException {
    try {
      return StunDecoder.decode(octets.asByteBuffer());
    } catch (WireFormatException e) {
      throw new IOException("what came from the rendezvous is not STUN: " + e.getMessage(), e);
    }
  }

  private void lose(IOException why) {
    if (!closed) {
      close();
      owner.lost(this, why);
    }
  }
}
