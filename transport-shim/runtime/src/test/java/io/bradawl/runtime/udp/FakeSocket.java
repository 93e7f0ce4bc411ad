package io.bradawl.runtime.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An application's socket on a network that delivers at once; the application never reads. */
final class FakeSocket implements AppDatagramSocket {

  /** All sockets by address. */
  static final class Network {
    final Map<InetSocketAddress, FakeSocket> sockets = new HashMap<>();
    boolean cut;

    /** Whether the two sockets can only reach each other at {@link #relay}. */
    boolean detour;

    /** Passes on to one of two sockets what the other one sends here. */
    private @Nullable InetSocketAddress relay;

    private List<FakeSocket> relayed = List.of();

    /** What it sends gets lost. */
    private @Nullable FakeSocket silent;

    /** What was sent to addresses at which there is no socket. */
    final List<ByteBuffer> lost = new ArrayList<>();

    void relay(InetSocketAddress at, FakeSocket one, FakeSocket other) {
      relay = at;
      relayed = List.of(one, other);
    }

    void silence(@Nullable FakeSocket socket) {
      silent = socket;
    }

    FakeSocket socket(String ip, int port) throws Exception {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(ip), port);
      FakeSocket socket = new FakeSocket(this, address);
      sockets.put(address, socket);
      return socket;
    }
  }

  final List<String> received = new ArrayList<>();
  final List<InetSocketAddress> unreachable = new ArrayList<>();
  final InetSocketAddress address;
  int reads;
  int pumped;
  int sent;
  int rejected;
  @Nullable UdpSocket owner;
  private final Network network;

  private FakeSocket(Network network, InetSocketAddress address) {
    this.network = network;
    this.address = address;
  }

  @Override
  public boolean send(ByteBuffer datagram, InetSocketAddress to) {
    sent++;
    boolean byRelay = to.equals(network.relay);
    FakeSocket target = byRelay ? beyondRelay() : network.sockets.get(to);
    boolean connected =
        !network.cut && network.silent != this && network.sockets.get(address) == this;
    if (target == null) {
      network.lost.add(datagram.duplicate());
    } else if (connected && (byRelay || !network.detour)) {
      target.arrive(datagram.duplicate(), byRelay ? to : address);
    }
    return true;
  }

  private FakeSocket beyondRelay() {
    List<FakeSocket> both = network.relayed;
    return both.get(0) == this ? both.get(1) : both.get(0);
  }

  @Override
  public void sendLast(ByteBuffer datagram, InetSocketAddress to) {
    send(datagram, to);
  }

  /** As if {@code from} had sent a datagram of these octets. */
  void arrive(byte[] octets, InetSocketAddress from) {
    arrive(ByteBuffer.wrap(octets.clone()), from);
  }

  private void arrive(ByteBuffer datagram, InetSocketAddress from) {
    UdpSocket socket = owner;
    long low = IpBits.low(from.getAddress());
    if (socket != null && socket.control(datagram, 0, low, from.getPort())) {
      return;
    }
    InetSocketAddress virtual =
        socket == null ? null : socket.source(datagram, 0, low, from.getPort());
    if (virtual == UdpSocket.REJECTED) {
      rejected++;
      return;
    }
    String text = java.nio.charset.StandardCharsets.UTF_8.decode(datagram).toString();
    received.add((virtual == null ? "real" : virtual.getAddress().getHostAddress()) + " " + text);
  }

  @Override
  public @Nullable InetSocketAddress local() {
    return address;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isIpv6() {
    return true;
  }

  @Override
  public int reads() {
    return reads;
  }

  @Override
  public void pump(int most) {
    pumped++;
  }

  @Override
  public void deliver(ByteBuffer datagram, InetSocketAddress source) {
    String text = java.nio.charset.StandardCharsets.UTF_8.decode(datagram.duplicate()).toString();
    received.add(source.getAddress().getHostAddress() + " " + text);
  }

  @Override
  public void unreachable(InetSocketAddress virtual) {
    unreachable.add(virtual);
  }
}
