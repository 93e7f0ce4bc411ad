package io.bradawl.it.lab.userspace;

import io.bradawl.protocol.sim.nat.Nat;
import io.bradawl.protocol.sim.nat.NatBehaviour;
import io.bradawl.protocol.sim.nat.Verdict;
import io.bradawl.protocol.sim.nat.Verdict.Forward;
import io.bradawl.protocol.sim.nat.Verdict.Refuse;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A NAT with a line behind it: packets that leave are translated, then delayed; packets that arrive
 * are delayed, then translated. Those of IPv6 are only delayed.
 */
public final class UserspaceBox implements AutoCloseable {

  /** The name of its device in its namespace. */
  public static final String DEVICE = "nat";

  private static final int LARGEST_PACKET = 0xFFFF;
  private static final int WAIT_MS = 50;
  private static final int IPV6 = 6;

  private final Tun tun;
  private final @Nullable NatBehaviour behaviour;
  private final Predicate<InetAddress> isInside;
  private final Random random = new Random();
  private final DelayLine later = new DelayLine();
  private final Thread thread = new Thread(this::run, "laboratory box");
  private volatile @Nullable Nat nat;
  private volatile Line line;
  private volatile boolean closed;

  private UserspaceBox(
      Tun tun,
      @Nullable NatBehaviour behaviour,
      InetAddress external,
      Line line,
      Predicate<InetAddress> isInside) {
    this.tun = tun;
    this.behaviour = behaviour;
    this.nat = behaviour == null ? null : new Nat(behaviour, external, random);
    this.line = line;
    this.isInside = isInside;
  }

  /**
   * Makes the device and begins to carry packets.
   *
   * @param namespace where the device is to be
   * @param behaviour {@code null} for a mere router
   * @param external the address of the NAT
   * @param isInside which addresses live behind the box
   */
  public static UserspaceBox start(
      Path namespace,
      @Nullable NatBehaviour behaviour,
      InetAddress external,
      Line line,
      Predicate<InetAddress> isInside) {
    Tun tun = Tun.create(namespace, DEVICE);
    UserspaceBox box = new UserspaceBox(tun, behaviour, external, line, isInside);
    box.thread.setDaemon(true);
    box.thread.start();
    return box;
  }

  /** From now on the line is so. */
  public void line(Line other) {
    line = other;
  }

  /** Forgets all mappings, as after a loss of power. */
  public void reboot() {
    Nat present = nat;
    if (present != null) {
      synchronized (present) {
        present.reboot();
      }
    }
  }

  /** Has another address outside from now on, and no mappings. */
  public void readdress(InetAddress external) {
    if (behaviour != null) {
      nat = new Nat(behaviour, external, random);
    }
  }

  private void run() {
    ByteBuffer received = ByteBuffer.allocateDirect(LARGEST_PACKET);
    while (!closed) {
      if (tun.read(received, WAIT_MS)) {
        ByteBuffer copy = ByteBuffer.allocateDirect(received.limit()).put(received);
        carry(copy.flip());
      }
    }
    tun.close();
  }

  private void carry(ByteBuffer octets) {
    Nat by = nat;
    if (by == null || octets.get(0) >> 4 == IPV6) {
      overTheLine(() -> tun.write(octets));
    } else {
      carry(by, octets);
    }
  }

  private void carry(Nat by, ByteBuffer octets) {
    Ipv4Packet packet = Ipv4Packet.of(octets);
    if (packet == null) {
      IcmpError error = IcmpError.of(octets);
      if (error != null) {
        carry(by, error);
      }
    } else if (isInside.test(packet.header().source().ip())) {
      pass(by, packet, true);
    } else {
      overTheLine(() -> pass(by, packet, false));
    }
  }

  private void pass(Nat by, Ipv4Packet packet, boolean leaving) {
    Verdict verdict = judge(by, packet, leaving);
    if (verdict instanceof Forward forward) {
      packet.readdress(forward.header());
      if (forward.inside()) {
        tun.write(packet.octets());
      } else {
        overTheLine(() -> tun.write(packet.octets()));
      }
    } else if (verdict instanceof Refuse refuse) {
      ByteBuffer answer = packet.refusal(refuse.how());
      if (answer != null && leaving) {
        tun.write(answer);
      } else if (answer != null) {
        overTheLine(() -> tun.write(answer));
      }
    }
  }

  private void carry(Nat by, IcmpError error) {
    if (isInside.test(error.sender())) {
      if (error.leave(by)) {
        overTheLine(() -> tun.write(error.octets()));
      }
    } else {
      overTheLine(
          () -> {
            if (error.enter(by)) {
              tun.write(error.octets());
            }
          });
    }
  }

  private static Verdict judge(Nat by, Ipv4Packet packet, boolean leaving) {
    synchronized (by) {
      long now = System.nanoTime();
      return leaving ? by.leave(packet.header(), now) : by.enter(packet.header(), now);
    }
  }

  private void overTheLine(Runnable arrival) {
    Line now = line;
    for (int copies = now.copies(random); copies > 0; copies--) {
      later.after(now.drawNanos(random), arrival);
    }
  }

  /** The device goes as soon as the box notices. */
  @Override
  public void close() {
    closed = true;
    later.close();
  }
}
