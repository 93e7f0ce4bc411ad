package io.bradawl.runtime.udp;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.Data;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.protocol.turn.ChannelData;
import io.bradawl.protocol.wire.WireFormatException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what a socket gets from one TURN server over UDP. Read by the application's threads,
 * changed on the driver loop.
 */
final class RelayDoor {

  /** Answers may come twice, and late. */
  private static final int REMEMBERED = 64;

  private final InetSocketAddress server;
  private final long ipHigh;
  private final long ipLow;
  private final int port;
  private final Consumer<StunMessage> toClient;

  /** What gives the allocation back. */
  private volatile @Nullable Octets farewell;

  /** By channel number, from the first one on. */
  private volatile @Nullable Peer[] peers = new Peer[0];

  private final Set<TransactionId> asked =
      Collections.newSetFromMap(
          Collections.synchronizedMap(
              new LinkedHashMap<TransactionId, Boolean>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<TransactionId, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  /** The other end of a channel. */
  record Peer(TransportAddress address, long ipHigh, long ipLow, int port) {
    static Peer of(TransportAddress address) {
      return new Peer(address, IpBits.high(address.ip()), IpBits.low(address.ip()), address.port());
    }
  }

  /**
   * @param toClient gets what the server answers, on any thread
   */
  RelayDoor(InetSocketAddress server, Consumer<StunMessage> toClient) {
    this.server = server;
    this.ipHigh = IpBits.high(server.getAddress());
    this.ipLow = IpBits.low(server.getAddress());
    this.port = server.getPort();
    this.toClient = toClient;
  }

  boolean isAt(long high, long low, int at) {
    return low == ipLow && at == port && high == ipHigh;
  }

  /** A request with that transaction is about to be sent. */
  void ask(TransactionId transaction) {
    asked.add(transaction);
  }

  void farewell(@Nullable Octets message) {
    farewell = message;
  }

  /** Gives the allocation back, while the application closes the socket. */
  void sayFarewell(AppDatagramSocket socket) {
    Octets message = farewell;
    if (message != null) {
      socket.sendLast(message.asByteBuffer(), server);
    }
  }

  void bind(int channel, TransportAddress address) {
    int index = channel - ChannelData.FIRST_CHANNEL;
    @Nullable Peer[] more = Arrays.copyOf(peers, Math.max(peers.length, index + 1));
    more[index] = Peer.of(address);
    peers = more;
  }

  /**
   * Whose datagram this is, which then is all that remains in {@code framed}; {@code null}, and
   * nothing has changed, if it is none of a channel.
   */
  @Nullable Peer unwrap(ByteBuffer framed) {
    if (!ChannelData.isWhole(framed)) {
      return null;
    }
    int index = ChannelData.number(framed) - ChannelData.FIRST_CHANNEL;
    @Nullable Peer[] known = peers;
    Peer peer = index < known.length ? known[index] : null;
    if (peer != null) {
      int start = framed.position();
      int length = ChannelData.length(framed);
      framed.put(start, framed, start + ChannelData.HEADER, length).limit(start + length);
    }
    return peer;
  }

  /**
   * What a peer without channel has sent, or {@code null}.
   *
   * @param message whose answer to a request is passed on to the client
   */
  @Nullable Arrival take(ByteBuffer message) {
    try {
      StunMessage stun = StunDecoder.decode(message);
      if (asked.contains(stun.transaction())) {
        toClient.accept(stun);
        return Arrival.ANSWER;
      }
      XorPeerAddress peer = stun.first(XorPeerAddress.class);
      Data data = stun.first(Data.class);
      return stun.is(StunClass.INDICATION, StunMethod.DATA) && peer != null && data != null
          ? new Arrival(peer.address(), ByteBuffer.wrap(data.octets().toByteArray()))
          : null;
    } catch (WireFormatException notOfTheServer) {
      return null;
    }
  }

  /**
   * Something that is not the application's.
   *
   * @param datagram of a peer; empty for {@link #ANSWER}
   */
  record Arrival(@Nullable TransportAddress from, ByteBuffer datagram) {
    static final Arrival ANSWER = new Arrival(null, ByteBuffer.allocate(0));
  }
}
