package io.bradawl.rendezvous.server;

import io.bradawl.protocol.stun.ChannelNumber;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.protocol.stun.XorRelayedAddress;
import io.bradawl.protocol.stun.credential.LongTermClient;
import io.bradawl.protocol.stun.credential.LongTermClient.Answer;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import io.bradawl.protocol.stun.credential.PreparedRequest;
import io.bradawl.protocol.turn.ChannelData;
import io.bradawl.rendezvous.net.StunFrames;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Random;

/** A TURN client as simple as can be: one request at a time, over UDP or TCP. */
abstract class TurnTestClient implements AutoCloseable {

  static final int PATIENCE_MILLIS = 20_000;

  private final LongTermClient credentials =
      new LongTermClient(new LongTermCredential("alice", "wonderland"), null);

  private final Random random = new Random();

  static TurnTestClient udp(InetSocketAddress server) throws IOException {
    return new Udp(server);
  }

  static Tcp tcp(InetSocketAddress server) throws IOException {
    return new Tcp(server);
  }

  abstract void send(ByteBuffer message) throws IOException;

  /** One message, STUN or ChannelData. */
  abstract ByteBuffer receive() throws IOException;

  /** The response, whatever it is, once the server knows who asks. */
  StunMessage ask(int method, StunAttribute... attributes) throws Exception {
    StunMessage answer;
    PreparedRequest request;
    do {
      request =
          credentials.prepare(StunMessage.request(method, TransactionId.draw(random), attributes));
      send(request.encode(true));
      answer = StunDecoder.decode(receive());
    } while (credentials.judge(request, answer) == Answer.RETRY);
    return answer;
  }

  /** The relayed address of the allocation that {@code response} grants. */
  static InetSocketAddress relayed(StunMessage response) {
    XorRelayedAddress relayed =
        Objects.requireNonNull(response.first(XorRelayedAddress.class), response::toString);
    return new InetSocketAddress(relayed.address().ip(), relayed.address().port());
  }

  /** Of an error response; 0 of any other. */
  static int error(StunMessage response) {
    ErrorCode code = response.first(ErrorCode.class);
    return code == null ? 0 : code.code();
  }

  static XorPeerAddress peer(InetSocketAddress address) {
    return new XorPeerAddress(StunFrames.address(address));
  }

  void bind(int channel, InetSocketAddress peer) throws Exception {
    StunMessage answer = ask(StunMethod.CHANNEL_BIND, new ChannelNumber(channel), peer(peer));
    if (answer.has(ErrorCode.class)) {
      throw new AssertionError(answer);
    }
  }

  void send(int channel, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(ChannelData.lengthOnStream(payload.length));
    frame.putInt(ChannelData.header(channel, payload.length)).put(payload);
    send(frame.rewind());
  }

  /** The payload of the next message, which must be of that channel. */
  byte[] receive(int channel) throws IOException {
    ByteBuffer message = receive();
    if (ChannelData.number(message) != channel) {
      throw new AssertionError("not of channel " + channel);
    }
    byte[] payload = new byte[ChannelData.length(message)];
    message.position(message.position() + ChannelData.HEADER).get(payload);
    return payload;
  }

  @Override
  public abstract void close() throws IOException;

  private static final class Udp extends TurnTestClient {
    private final DatagramSocket socket = new DatagramSocket();

    Udp(InetSocketAddress server) throws IOException {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(server);
    }

    @Override
    void send(ByteBuffer message) throws IOException {
      byte[] octets = new byte[message.remaining()];
      message.get(octets);
      socket.send(new DatagramPacket(octets, octets.length));
    }

    @Override
    ByteBuffer receive() throws IOException {
      DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
      socket.receive(packet);
      return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  static final class Tcp extends TurnTestClient {
    private final Socket socket;
    private final DataInputStream in;

    Tcp(InetSocketAddress server) throws IOException {
      this(new Socket(server.getAddress(), server.getPort()));
    }

    /** Over a connection that is there already. */
    Tcp(Socket connected) throws IOException {
      socket = connected;
      socket.setSoTimeout(PATIENCE_MILLIS);
      in = new DataInputStream(socket.getInputStream());
    }

    Socket socket() {
      return socket;
    }

    @Override
    void send(ByteBuffer message) throws IOException {
      byte[] octets = new byte[message.remaining()];
      message.get(octets);
      socket.getOutputStream().write(octets);
    }

    @Override
    ByteBuffer receive() throws IOException {
      byte[] head = in.readNBytes(ChannelData.HEADER);
      ByteBuffer header = ByteBuffer.wrap(head);
      int rest =
          ChannelData.isServed(head[0])
              ? ChannelData.lengthOnStream(ChannelData.length(header)) - head.length
              : StunHeader.LENGTH - head.length + header.getShort(2);
      byte[] tail = in.readNBytes(rest);
      return ByteBuffer.allocate(head.length + rest).put(head).put(tail).flip();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
