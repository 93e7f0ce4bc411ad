package io.bradawl.runtime.udp;

import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.Security;
import io.bradawl.protocol.turn.TurnUri;
import io.bradawl.protocol.turn.client.TurnAccount;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.runtime.address.VirtualAddresses;
import io.bradawl.runtime.address.VirtualRange;
import io.bradawl.runtime.dial.Dial;
import io.bradawl.runtime.dial.TlsTrust;
import io.bradawl.runtime.loop.ManualLoop;
import io.bradawl.runtime.loop.NettyDriverLoop;
import io.bradawl.runtime.path.StartGate;
import io.bradawl.runtime.signal.SilentRendezvous;
import io.bradawl.runtime.turn.ConfiguredTurn;
import io.bradawl.runtime.turn.FakeTurnServer;
import io.bradawl.runtime.turn.TurnAccess;
import io.bradawl.runtime.turn.TurnServers;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One socket and the TURN servers that it may use, in simulated time. */
final class RelayScene implements AutoCloseable {

  final ManualLoop loop = new ManualLoop();
  final FakeSessions sessions =
      new FakeSessions(loop, new PeerName("reader"), new PeerName("sensor"));
  final RecordedLog log = new RecordedLog();
  final UdpTables tables = new UdpTables();
  final List<FakeTurnServer> servers;
  final Socket socket = new Socket();
  final Surroundings with;
  final SocketRelay relay;
  int changes;

  /** What is done when there is another relayed address. */
  Runnable whenChanged = () -> {};

  private final Arrivals arrivals;
  private final NettyDriverLoop unused = new NettyDriverLoop();

  /**
   * @param ips of servers that are configured, in this order
   */
  RelayScene(String... ips) throws Exception {
    servers = new ArrayList<>();
    for (String ip : ips) {
      servers.add(new FakeTurnServer(ip));
    }
    List<TurnUri> uris =
        Arrays.stream(ips).map(ip -> TurnUri.parse("turn:" + ip + ":3478?transport=udp")).toList();
    TurnAccount account = new TurnAccount(FakeTurnServer.USER, null, null);
    TurnServers known = new TurnServers(new SilentRendezvous(), new ConfiguredTurn(uris, account));
    with =
        new Surroundings(
            loop,
            sessions,
            new VirtualAddresses(VirtualRange.parse("240.0.0.0/4"), "peer"),
            new Random(1),
            new Pump(loop),
            new Reach(loop),
            new KeptRelays(),
            new RelayFailures(log),
            new TurnAccess(known, new Dial(new TlsTrust(null)), unused),
            List.of(),
            port -> Security.ENCRYPTED);
    StartGate<Surroundings> gate = new StartGate<>();
    gate.open(loop, with);
    arrivals = new Arrivals(socket, tables, gate);
    relay = new SocketRelay(socket, tables, with, arrivals, this::changed);
  }

  /** What the servers tell it comes by way of the first one. */
  SocketRelay relayOfAnotherSocket() {
    return new SocketRelay(socket, tables, with, arrivals, () -> {});
  }

  private void changed() {
    changes++;
    whenChanged.run();
  }

  void pass(Duration time) {
    loop.pass(time.toNanos());
  }

  @Override
  public void close() {
    unused.close();
  }

  /** Sends to the servers, and gives the relay what they answer. */
  final class Socket implements AppDatagramSocket {

    @Override
    public boolean send(ByteBuffer datagram, InetSocketAddress to) {
      servers.stream()
          .filter(server -> server.address.equals(to))
          .flatMap(server -> answer(server, datagram.duplicate()))
          .forEach(answer -> loop.execute(() -> arrive(answer)));
      return true;
    }

    private Stream<ByteBuffer> answer(FakeTurnServer server, ByteBuffer datagram) {
      try {
        return server.answer(datagram).stream();
      } catch (WireFormatException e) {
        throw new AssertionError(e);
      }
    }

    private void arrive(ByteBuffer answer) {
      for (RelayDoor door : tables.doors()) {
        door.take(answer.duplicate());
      }
    }

    @Override
    public void sendLast(ByteBuffer datagram, InetSocketAddress to) {
      send(datagram, to);
    }

    @Override
    public @Nullable InetSocketAddress local() {
      return new InetSocketAddress(5683);
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
      return 0;
    }

    @Override
    public void pump(int most) {
      throw new UnsupportedOperationException("nobody pumps this socket");
    }

    @Override
    public void deliver(ByteBuffer datagram, InetSocketAddress source) {
      throw new UnsupportedOperationException("there are no peers");
    }

    @Override
    public void unreachable(InetSocketAddress virtual) {
      throw new UnsupportedOperationException("there are no peers");
    }
  }
}
