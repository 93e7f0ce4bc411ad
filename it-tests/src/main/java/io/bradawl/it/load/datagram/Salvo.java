package io.bradawl.it.load.datagram;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Datagrams to one server, each from a source address of its own, sent with one system call: all of
 * 127.0.0.0/8 is this machine, and IP_PKTINFO says which address of it a datagram leaves from.
 */
public final class Salvo {

  /** As many addresses as there are. */
  public static final int HOSTS = 1 << 24;

  private static final int SIZE = 64;
  private static final int HEADER = 64;
  private static final int VECTOR = 16;

  /** A cmsghdr with an in_pktinfo, aligned. */
  private static final int CONTROL = 32;

  private static final int CONTROL_LENGTH = 28;
  private static final int SOURCE = 20;
  private static final int IPPROTO_IP = 0;
  private static final int IP_PKTINFO = 8;
  private static final int NETWORK = 127;

  private final UdpSocket socket;
  private final ByteBuffer headers = Batch.direct(SIZE * HEADER);
  private final ByteBuffer vectors = Batch.direct(SIZE * VECTOR);
  private final ByteBuffer controls = Batch.direct(SIZE * CONTROL);
  private final ByteBuffer name = Batch.direct(Kernel.SOCKADDR_IN);
  private final long address = Kernel.addressOf(headers);
  private int count;

  /**
   * @param socket bound to no address, only to a port
   */
  public Salvo(UdpSocket socket, InetSocketAddress server) {
    this.socket = socket;
    name.put(UdpSocket.name(server));
    for (int i = 0; i < SIZE; i++) {
      int control = i * CONTROL;
      controls.putLong(control, CONTROL_LENGTH).putInt(control + 8, IPPROTO_IP);
      controls.putInt(control + 12, IP_PKTINFO);
      int header = i * HEADER;
      headers.putLong(header, Kernel.addressOf(name)).putInt(header + 8, Kernel.SOCKADDR_IN);
      headers.putLong(header + 16, Kernel.addressOf(vectors) + (long) i * VECTOR);
      headers.putLong(header + 24, 1);
      headers.putLong(header + 32, Kernel.addressOf(controls) + control);
      headers.putLong(header + 40, CONTROL_LENGTH);
    }
  }

  /**
   * One more; sends all when there is no room for another.
   *
   * @param host the last 24 bits of the source address, the last octet highest
   * @param octets where they begin, outside of the heap
   */
  public void add(int host, long octets, int length) {
    vectors.putLong(count * VECTOR, octets).putLong(count * VECTOR + 8, length);
    controls.putInt(count * CONTROL + SOURCE, NETWORK | host << 8);
    if (++count == SIZE) {
      fire();
    }
  }

  /** Sends all that were added; returns how many the kernel took. */
  public int fire() {
    int sent = count == 0 ? 0 : Math.max(0, Kernel.sendmmsg(socket.fd(), address, count, 0));
    count = 0;
    return sent;
  }
}
