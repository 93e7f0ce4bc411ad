package io.bradawl.protocol.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Tells everyone who asks under which address it sees them, over UDP and TCP. */
public final class Rendezvous {

  private static final int PORT = 3478;
  private static final Octets ANYTHING = Octets.of();

  private final Host host;
  private boolean serves;

  public Rendezvous(World world, Net internet, Duration delay) {
    host = new Host(world, internet, Site.ip(70, 0, 0, 1), Link.of(delay));
    start();
  }

  /** Serves, the first time or again. */
  public void start() {
    serves = true;
    host.bind(PORT, (from, question) -> host.sendDatagram(PORT, from, write(from)));
    host.tcp().listen(PORT, this::greet);
  }

  /** Ends as a process does. */
  public void kill() {
    serves = false;
    host.unbind(PORT);
    host.tcp().kill();
  }

  public boolean serves() {
    return serves;
  }

  public TransportAddress address() {
    return host.at(PORT);
  }

  /** Serves over IPv6, too. */
  public void alsoOn(Net internet, Duration delay) {
    host.alsoAt(internet, Site.ipv6(0x70, 1), Link.of(delay));
  }

  /** Where that client reaches it. */
  public TransportAddress addressFor(Host client) {
    return client.hasIpv4() ? host.at(PORT) : host.addresses(PORT).get(1);
  }

  public List<TransportAddress> addresses() {
    return host.addresses(PORT);
  }

  public static Octets question() {
    return ANYTHING;
  }

  /** What the rendezvous has said. */
  public static TransportAddress read(Octets answer) {
    String[] parts = new String(answer.toByteArray(), US_ASCII).split(" ", 2);
    try {
      return new TransportAddress(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1]));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the rendezvous writes numeric addresses", e);
    }
  }

  private TcpSocket.Events greet(TcpSocket socket) {
    return new TcpSocket.Events() {
      @Override
      public void connected(TcpSocket established) {
        established.write(write(socket.remote()));
      }
    };
  }

  private static Octets write(TransportAddress address) {
    String text = address.ip().getHostAddress() + " " + address.port();
    return Octets.of(text.getBytes(US_ASCII));
  }
}
