package io.bradawl.protocol.sim;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A relay for datagrams as RFC 8656 has it, with messages of a simpler kind: what to do, an
 * address, a payload. Permissions are for addresses, whatever the port. Clients that may not send
 * datagrams say the same over a TCP connection (RFC 8656 section 3.1).
 */
public final class UdpRelay {

  private static final int PORT = 3480;
  private static final int FIRST_RELAYED_PORT = 50_000;
  private static final byte ALLOCATE = 0;
  private static final byte PERMIT = 1;
  private static final byte DATA = 2;
  private static final int HEADER = 1 + 4 + 2;

  private final Host host;

  /** Of those that send datagrams. */
  private final Map<TransportAddress, Allocation> allocations = new HashMap<>();

  private final Set<Allocation> streamed = new HashSet<>();

  /** Ports are not given again, as good as never where they are drawn. */
  private int given;

  public UdpRelay(World world, Net internet) {
    host = new Host(world, internet, Site.ip(70, 0, 0, 3), Link.of(Meeting.HALF_WAY));
    start();
  }

  /** Serves, the first time or again. */
  public void start() {
    host.bind(PORT, this::receive);
    host.tcp().listen(PORT, Stream::new);
  }

  /** Ends as a process does; nobody has an allocation any more. */
  public void kill() {
    host.unbind(PORT);
    host.tcp().kill();
    allocations.values().forEach(Allocation::end);
    allocations.clear();
    streamed.forEach(Allocation::end);
    streamed.clear();
  }

  public TransportAddress address() {
    return host.at(PORT);
  }

  /** Serves over IPv6, too. */
  public void alsoOn(Net internet, Duration delay) {
    host.alsoAt(internet, Site.ipv6(0x70, 3), Link.of(delay));
  }

  /** Where that client reaches it. */
  public TransportAddress addressFor(Host client) {
    return client.hasIpv4() ? host.at(PORT) : host.addresses(PORT).get(1);
  }

  public List<TransportAddress> addresses() {
    return host.addresses(PORT);
  }

  private void receive(TransportAddress client, Octets message) {
    Allocation allocation =
        allocations.computeIfAbsent(
            client, c -> new Allocation(answer -> host.sendDatagram(PORT, c, answer)));
    perform(Message.read(message), allocation);
  }

  private void perform(Message told, Allocation allocation) {
    switch (told.kind) {
      case ALLOCATE -> allocation.client.accept(allocation.told());
      case PERMIT -> allocation.permitted.add(told.address.ip());
      default -> host.sendDatagram(allocation.port, told.address, told.payload);
    }
  }

  private final class Allocation {

    private final Consumer<Octets> client;
    private final int port = FIRST_RELAYED_PORT + given++;
    private final Set<InetAddress> permitted = new HashSet<>();

    private Allocation(Consumer<Octets> client) {
      this.client = client;
      host.bind(port, this::pass);
    }

    private Octets told() {
      return new Message(ALLOCATE, host.at(port), Octets.of()).write();
    }

    private void pass(TransportAddress from, Octets payload) {
      if (permitted.contains(from.ip())) {
        client.accept(new Message(DATA, from, payload).write());
      }
    }

    private void end() {
      host.unbind(port);
    }
  }

  /** A client's connection, which carries one message after the other. */
  private final class Stream implements TcpSocket.Events {

    private final Allocation allocation;

    Stream(TcpSocket socket) {
      allocation = new Allocation(socket::write);
      streamed.add(allocation);
    }

    @Override
    public void message(Octets octets) {
      perform(Message.read(octets), allocation);
    }

    @Override
    public void closed() {
      allocation.end();
      streamed.remove(allocation);
    }
  }

  /** One socket's view of the relay. */
  public static final class Client {

    private final Host host;
    private final int port;
    private final TransportAddress relay;
    private final Set<TransportAddress> permitted = new HashSet<>();
    private @Nullable TransportAddress relayed;

    public Client(Host host, int port, UdpRelay relay) {
      this.host = host;
      this.port = port;
      this.relay = relay.address();
    }

    public @Nullable TransportAddress relayed() {
      return relayed;
    }

    public boolean isFromRelay(TransportAddress from) {
      return from.equals(relay);
    }

    public void allocate() {
      say(new Message(ALLOCATE, relay, Octets.of()));
    }

    public void send(TransportAddress to, Octets payload) {
      if (permitted.add(to)) {
        say(new Message(PERMIT, to, Octets.of()));
      }
      say(new Message(DATA, to, payload));
    }

    /** What a peer has sent, or {@code null} if the relay itself speaks. */
    public @Nullable Message take(Octets message) {
      Message told = Message.read(message);
      if (told.kind == ALLOCATE) {
        relayed = told.address;
        return null;
      }
      return told;
    }

    private void say(Message message) {
      host.sendDatagram(port, relay, message.write());
    }
  }

  /** What goes between client and relay. */
  public record Message(byte kind, TransportAddress address, Octets payload) {

    public static Message read(Octets octets) {
      ByteBuffer in = octets.asByteBuffer();
      byte kind = in.get();
      InetAddress ip = Site.ip(in.get(), in.get(), in.get(), in.get());
      return new Message(kind, new TransportAddress(ip, in.getShort() & 0xFFFF), Octets.copyOf(in));
    }

    public Octets write() {
      ByteBuffer out = ByteBuffer.allocate(HEADER + payload.length());
      out.put(kind).put(address.ip().getAddress()).putShort((short) address.port());
      return Octets.copyOf(out.put(payload.asByteBuffer()).flip());
    }
  }
}
