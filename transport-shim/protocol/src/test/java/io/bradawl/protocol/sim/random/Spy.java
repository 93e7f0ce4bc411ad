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
import io.bradawl.protocol.stun.StunHeader;
import java.time.Duration;
import java.util.Random;

/**
 * Somebody on the internet who overhears every net, and later says some of it again: from an
 * address of its own, as it was or with a bit turned over, or as it was in the name of the sender.
 */
final class Spy {

  private static final int PORT = 6666;
  private static final int MAX_WORDS = 300;
  private static final Duration LATEST = Duration.ofSeconds(3);

  private final World world;
  private final Host host;
  private int words;
  private int misled;

  Spy(World world, Net internet) {
    this.world = world;
    host = new Host(world, internet, Site.ip(80, 66, 0, 1), Link.of(Duration.ofMillis(3)));
    host.bind(PORT, (from, octets) -> misled += AppData.is(octets) ? 1 : 0);
    world.watch(this::overhear);
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
      case 1 -> host.sendDatagram(PORT, to, forged(datagram.octets()));
      default -> host.send(packet);
    }
  }

  private Octets forged(Octets octets) {
    byte[] bytes = octets.toByteArray();
    bytes[world.random().nextInt(bytes.length)] ^= (byte) (1 << world.random().nextInt(8));
    return Octets.of(bytes);
  }
}
