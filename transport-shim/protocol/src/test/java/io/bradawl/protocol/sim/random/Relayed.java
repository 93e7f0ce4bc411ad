package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import io.bradawl.protocol.sim.Host;
import io.bradawl.protocol.sim.TcpSocket;
import io.bradawl.protocol.sim.UdpRelay;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket's address at the relay. Permissions are asked for until something comes from there, as a
 * TURN client repeats its requests until they are answered. A host that may not send datagrams
 * speaks with the relay over a TCP connection.
 */
final class Relayed {

  private static final byte ALLOCATE = 0;
  private static final byte PERMIT = 1;
  private static final byte DATA = 2;

  private final Host host;
  private final int port;
  private final UdpRelay relay;
  private final Consumer<UdpRelay.Message> receiver;
  private final Set<InetAddress> heard = new HashSet<>();
  private @Nullable TcpSocket stream;
  private @Nullable TransportAddress address;

  /**
   * @param receiver of what peers send
   */
  Relayed(Host host, int port, UdpRelay relay, Consumer<UdpRelay.Message> receiver) {
    this.receiver = receiver;
    this.host = host;
    this.port = port;
    this.relay = relay;
  }

  @Nullable TransportAddress address() {
    return address;
  }

  boolean isFromRelay(TransportAddress from) {
    return from.equals(relay.addressFor(host));
  }

  void forget() {
    address = null;
    heard.clear();
  }

  void allocate() {
    if (!host.sendsUdp() && stream == null) {
      host.tcp()
          .connect(
              host.tcp().anyPort(),
              relay.addressFor(host),
              new Stream(),
              socket -> stream = socket);
    }
    say(new UdpRelay.Message(ALLOCATE, relay.address(), Octets.of()));
  }

  void send(TransportAddress to, Octets payload) {
    if (!heard.contains(to.ip())) {
      say(new UdpRelay.Message(PERMIT, to, Octets.of()));
    }
    say(new UdpRelay.Message(DATA, to, payload));
  }

  void take(Octets message) {
    UdpRelay.Message told = UdpRelay.Message.read(message);
    if (told.kind() == ALLOCATE) {
      address = told.address();
    } else {
      heard.add(told.address().ip());
      receiver.accept(told);
    }
  }

  void close() {
    if (stream != null) {
      stream.abort();
      stream = null;
    }
  }

  private void say(UdpRelay.Message message) {
    TcpSocket connection = stream;
    if (host.sendsUdp()) {
      host.sendDatagram(port, relay.addressFor(host), message.write());
    } else if (connection != null && connection.isEstablished()) {
      connection.write(message.write());
    }
  }

  private final class Stream implements TcpSocket.Events {

    @Override
    public void connected(TcpSocket socket) {
      allocate();
    }

    @Override
    public void message(Octets octets) {
      take(octets);
    }

    @Override
    public void failed(Cause cause) {
      closed();
    }

    @Override
    public void closed() {
      stream = null;
      forget();
    }
  }
}
