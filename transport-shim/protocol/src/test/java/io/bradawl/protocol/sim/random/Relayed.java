package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.Host;
import io.bradawl.protocol.sim.UdpRelay;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A socket's address at the relay. Permissions are asked for until something comes from there, as a
 * TURN client repeats its requests until they are answered.
 */
final class Relayed {

  private static final byte ALLOCATE = 0;
  private static final byte PERMIT = 1;
  private static final byte DATA = 2;

  private final Host host;
  private final int port;
  private final TransportAddress relay;
  private final Set<InetAddress> heard = new HashSet<>();
  private @Nullable TransportAddress address;

  Relayed(Host host, int port, UdpRelay relay) {
    this.host = host;
    this.port = port;
    this.relay = relay.address();
  }

  @Nullable TransportAddress address() {
    return address;
  }

  boolean isFromRelay(TransportAddress from) {
    return from.equals(relay);
  }

  void forget() {
    address = null;
    heard.clear();
  }

  void allocate() {
    say(new UdpRelay.Message(ALLOCATE, relay, Octets.of()));
  }

  void send(TransportAddress to, Octets payload) {
    if (!heard.contains(to.ip())) {
      say(new UdpRelay.Message(PERMIT, to, Octets.of()));
    }
    say(new UdpRelay.Message(DATA, to, payload));
  }

  /** What a peer has sent, or {@code null} if the relay itself speaks. */
  UdpRelay.@Nullable Message take(Octets message) {
    UdpRelay.Message told = UdpRelay.Message.read(message);
    if (told.kind() == ALLOCATE) {
      address = told.address();
      return null;
    }
    heard.add(told.address().ip());
    return told;
  }

  private void say(UdpRelay.Message message) {
    host.sendDatagram(port, relay, message.write());
  }
}
