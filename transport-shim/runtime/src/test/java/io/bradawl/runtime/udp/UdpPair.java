package io.bradawl.runtime.udp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.Security;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.address.VirtualRange;
import io.bradawl.runtime.loop.ManualLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A socket of each of two peers, both of which serve; in simulated time. */
final class UdpPair {

  static final int SERVER_PORT = 5683;
  static final int CLIENT_PORT = 40000;
  private static final PeerName SENSOR = new PeerName("sensor");
  private static final PeerName READER = new PeerName("reader");

  final ManualLoop loop = new ManualLoop();
  final FakeSessions sessions = new FakeSessions(loop, READER, SENSOR);
  final FakeSocket.Network network = new FakeSocket.Network();
  final InetSocketAddress sensor;
  final InetSocketAddress reader;
  final FakeSocket server;
  final FakeSocket client;
  private final VirtualAddresses addresses =
      new VirtualAddresses(VirtualRange.parse("240.0.0.0/4"), "peer");
  private final UdpPeers clientPeers;

  UdpPair(Security ofClient, Security ofServer) throws Exception {
    sensor = new InetSocketAddress(addresses.addressOf(SENSOR), SERVER_PORT);
    reader = new InetSocketAddress(addresses.addressOf(READER), CLIENT_PORT);
    sessions.rendezvous.complete(new InetSocketAddress(InetAddress.getByName("10.0.0.9"), 3478));
    clientPeers = start(ofClient);
    server = serving(start(ofServer), "10.0.0.1", SERVER_PORT);
    client = client(CLIENT_PORT);
    pass(Duration.ofSeconds(2));
  }

  /** With a path between the two. */
  static UdpPair connected(Security ofClient, Security ofServer) throws Exception {
    UdpPair pair = new UdpPair(ofClient, ofServer);
    pair.connect(pair.client);
    return pair;
  }

  /** Another socket of the client's peer, in place of the one on that port if there is one. */
  FakeSocket client(int port) throws Exception {
    return client("10.0.0.2", port);
  }

  /** A socket of the client's peer at another address. */
  FakeSocket client(String ip, int port) throws Exception {
    return serving(clientPeers, ip, port);
  }

  void connect(FakeSocket from) {
    send(from, sensor, "hello");
    pass(Duration.ofSeconds(2));
    server.received.clear();
  }

  /** What the application's send call does. */
  void send(FakeSocket from, InetSocketAddress to, String text) {
    Wire wire = route(from, to, text);
    if (wire.real != null) {
      from.send(ByteBuffer.wrap(wire.octets), wire.real);
    }
  }

  /** What would be sent. */
  byte[] sealed(FakeSocket from, InetSocketAddress to, String text) {
    return route(from, to, text).octets;
  }

  /** Whether datagrams there go out at once, and need not wait for a path. */
  boolean isUp(FakeSocket from, InetSocketAddress to) {
    return route(from, to, "?").real != null;
  }

  void pass(Duration time) {
    loop.pass(time.toNanos());
  }

  private static Wire route(FakeSocket from, InetSocketAddress to, String text) {
    ByteBuffer datagram = ByteBuffer.wrap(text.getBytes(UTF_8));
    ByteBuffer into = ByteBuffer.allocate(datagram.remaining() + UdpSocket.SEAL_ROOM);
    InetSocketAddress real = owner(from).route(to, datagram, into);
    ByteBuffer sent = into.position() == 0 ? datagram : into.flip();
    byte[] octets = new byte[sent.remaining()];
    sent.get(octets);
    return new Wire(real, octets);
  }

  static UdpSocket owner(FakeSocket socket) {
    UdpSocket owner = socket.owner;
    if (owner == null) {
      throw new IllegalStateException("the socket " + socket.address + " is not attached");
    }
    return owner;
  }

  private UdpPeers start(Security security) {
    UdpPeers peers = new UdpPeers(addresses, port -> security);
    peers.start(loop, sessions, new Random(1), null, List.of());
    return peers;
  }

  private FakeSocket serving(UdpPeers peers, String ip, int port) throws Exception {
    FakeSocket socket = network.socket(ip, port);
    UdpSocket owner = peers.attach(socket);
    socket.owner = owner;
    peers.serve(owner, port);
    loop.drain();
    return socket;
  }

  private static final class Wire {

    final @Nullable InetSocketAddress real;
    final byte[] octets;

    Wire(@Nullable InetSocketAddress real, byte[] octets) {
      this.real = real;
      this.octets = octets;
    }
  }
}
