package io.bradawl.it.load.crowd;

import io.bradawl.it.load.datagram.Kernel;
import io.bradawl.it.load.datagram.Salvo;
import java.nio.ByteBuffer;

/**
 * What one logical peer under load has under way: it keeps some datagrams there, and sends the next
 * burst when there is room.
 */
final class Flow {

  private static final long LOST_AFTER = 300_000_000L;

  private final int host;
  private final long address;
  private final int octets;
  private final Load load;
  private int underWay;
  private long heard;
  private long sent;
  private long received;

  /**
   * @param host of its source address
   * @param burst the datagrams of one, behind each other, in a direct buffer that others keep
   */
  Flow(int host, ByteBuffer burst, Load load) {
    this.host = host;
    this.address = Kernel.addressOf(burst);
    this.octets = burst.capacity();
    this.load = load;
  }

  long sent() {
    return sent;
  }

  long received() {
    return received;
  }

  /** Adds what there is room for; returns how many datagrams. */
  int send(Salvo salvo, long now) {
    if (underWay > 0 && now - heard > LOST_AFTER) {
      underWay = 0;
    }
    int before = underWay;
    while (underWay <= (load.bursts() - 1) * load.burst()) {
      heard = underWay == 0 ? now : heard;
      salvo.add(host, address, octets);
      underWay += load.burst();
    }
    sent += underWay - before;
    return underWay - before;
  }

  /**
   * Takes a datagram that came back.
   *
   * @param expected whether it is an answer, and not a refusal
   */
  void receive(boolean expected, long now) {
    received += expected ? 1 : 0;
    underWay = Math.max(0, underWay - 1);
    heard = now;
  }
}
