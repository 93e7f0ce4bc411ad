package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.Host;
import io.bradawl.protocol.sim.Link;
import io.bradawl.protocol.sim.Net;
import io.bradawl.protocol.sim.Packet;
import io.bradawl.protocol.sim.Packet.Datagram;
import io.bradawl.protocol.sim.Site;
import io.bradawl.protocol.sim.World;
import io.bradawl.protocol.stun.IntegrityKey;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.UseCandidate;
import io.bradawl.protocol.stun.Username;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.wire.WireFormatException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on the internet who overhears every net, and later says some of it again: from an
 * address of its own, as it was, or spoilt, or as it was in the name of the sender. And it makes
 * checks in the name of a peer, and answers those that come back, right in all but the key.
 */
final class Spy {

  private static final int PORT = 6666;
  private static final int MAX_WORDS = 300;
  private static final Duration LATEST = Duration.ofSeconds(3);
  private static final IntegrityKey KEY = IntegrityKey.ofPassword("of the spy");

  private final World world;
  private final Host host;

  /** Whose name whoever was told a forged check expects in the answer. */
  private final Map<TransportAddress, Username> named = new HashMap<>();

  private int words;
  private int misled;

  Spy(World world, Net internet) {
    this.world = world;
    host = new Host(world, internet, Site.ip(80, 66, 0, 1), Link.of(Duration.ofMillis(3)));
    host.bind(PORT, this::hear);
    world.watch(this::overhear);
  }

  private void hear(TransportAddress from, Octets octets) {
    misled += AppData.is(octets) ? 1 : 0;
    StunMessage asked = read(octets);
    Username name = named.get(from);
    if (asked != null && name != null && asked.is(StunClass.REQUEST, StunMethod.BINDING)) {
      host.sendDatagram(PORT, from, sealed(asked.success(name, new XorMappedAddress(from))));
    }
  }

  /** How much of the application's own data was sent here. */
  int misled() {
    return misled;
  }

  private void overhear(Packet packet) {
    boolean own = packet.source().ip().equals(host.ip());
    Random random = world.random();
    if (!own && words < MAX_WORDS && isControl(packet) && random.nextInt(4) == 0) {
      words++;
      long later = (long) (random.nextDouble() * LATEST.toNanos());
      world.in(Duration.ofNanos(later), () -> repeat(packet, (Datagram) packet.payload()));
    }
  }

  private static boolean isControl(Packet packet) {
    return packet.payload() instanceof Datagram datagram
        && StunHeader.looksLikeStun(datagram.octets().asByteBuffer());
  }

  private void repeat(Packet packet, Datagram datagram) {
    TransportAddress to = packet.destination();
    switch (world.random().nextInt(3)) {
      case 0 -> host.sendDatagram(PORT, to, datagram.octets());
      case 1 -> host.sendDatagram(PORT, to, changed(to, datagram.octets()));
      default -> host.send(packet);
    }
  }

  private Octets changed(TransportAddress to, Octets octets) {
    byte[] bytes = octets.toByteArray();
    int at = world.random().nextInt(bytes.length);
    bytes[at] ^= (byte) (1 << world.random().nextInt(8));
    StunMessage overheard = at % 2 == 0 ? null : read(octets);
    Username name = overheard == null ? null : overheard.first(Username.class);
    if (overheard == null || name == null) {
      return Octets.of(bytes);
    }
    named.put(to, name);
    return sealed(
        StunMessage.request(StunMethod.BINDING, overheard.transaction(), name, new UseCandidate()));
  }

  private static @Nullable StunMessage read(Octets octets) {
    try {
      return StunDecoder.decode(octets.asByteBuffer());
    } catch (WireFormatException e) {
      return null;
    }
  }

  private static Octets sealed(StunMessage message) {
    return Octets.copyOf(StunEncoder.encodeProven(message, KEY));
  }
}
