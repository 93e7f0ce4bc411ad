package io.bradawl.it.load.datagram;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A UDP socket of the loader, over IPv4. */
public final class UdpSocket implements Line {

  private static final int BUFFER = 8 << 20;

  private static final int POLLED = 8;

  private final int fd;
  private final ByteBuffer polled = Batch.direct(POLLED);

  private UdpSocket() {
    fd = Kernel.socket(Kernel.AF_INET, Kernel.SOCK_DGRAM, 0);
    polled.putInt(fd).putShort(Kernel.POLLIN);
    set(Kernel.SOL_SOCKET, Kernel.SO_RCVBUFFORCE, BUFFER);
    set(Kernel.SOL_SOCKET, Kernel.SO_SNDBUFFORCE, BUFFER);
  }

  /** On any free port; hears that address only. */
  public static UdpSocket connected(InetSocketAddress to) {
    UdpSocket socket = new UdpSocket();
    Kernel.connect(socket.fd, name(to), Kernel.SOCKADDR_IN);
    return socket;
  }

  /** Hears everybody. */
  public static UdpSocket bound(InetSocketAddress at) {
    UdpSocket socket = new UdpSocket();
    Kernel.bind(socket.fd, name(at), Kernel.SOCKADDR_IN);
    return socket;
  }

  /** From now on what is sent is cut into datagrams of so many octets. */
  public void segment(int octets) {
    set(Kernel.SOL_UDP, Kernel.UDP_SEGMENT, octets);
  }

  @Override
  public boolean send(ByteBuffer direct) {
    int octets = direct.remaining();
    return Kernel.send(fd, Kernel.addressOf(direct), octets, Kernel.MSG_DONTWAIT) == octets;
  }

  @Override
  public int receive(Batch batch) {
    return batch.receive(fd);
  }

  @Override
  public void await(int milliseconds) {
    Kernel.poll(Kernel.addressOf(polled), 1, milliseconds);
  }

  public int fd() {
    return fd;
  }

  private void set(int level, int option, int value) {
    Kernel.setsockopt(fd, level, option, new int[] {value}, Integer.BYTES);
  }

  static byte[] name(InetSocketAddress address) {
    ByteBuffer name = Batch.direct(Kernel.SOCKADDR_IN).putShort((short) Kernel.AF_INET);
    name.put((byte) (address.getPort() >> 8)).put((byte) address.getPort());
    name.put(address.getAddress().getAddress());
    byte[] octets = new byte[Kernel.SOCKADDR_IN];
    name.rewind().get(octets);
    return octets;
  }

  @Override
  public void close() {
    Kernel.close(fd);
  }
}
