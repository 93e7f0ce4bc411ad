package io.bradawl.it.lab.userspace;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A TUN device in a network namespace, whose packets this process reads and writes. */
final class Tun implements AutoCloseable {

  private static final NativeLong TUNSETIFF = new NativeLong(0x4004_54caL);
  private static final short IFF_TUN_NO_PI = 0x1001;
  private static final int IFREQ_OCTETS = 40;
  private static final int NAME_OCTETS = 16;

  private final int fd;
  private final ByteBuffer awaited = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());

  private Tun(int fd) {
    this.fd = fd;
    awaited.putInt(0, fd).putShort(4, Libc.POLLIN);
  }

  /**
   * Makes the device; it goes when this is closed.
   *
   * @param namespace the file that holds the network namespace
   * @throws IllegalStateException if that is not permitted here
   */
  static Tun create(Path namespace, String name) {
    try {
      return Visit.to(namespace, () -> create(name));
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "cannot make a TUN device: "
              + e.getMessage()
              + ". It takes CAP_NET_ADMIN and a"
              + " /dev/net/tun that may be opened.",
          e);
    }
  }

  private static Tun create(String name) {
    int fd = Libc.open("/dev/net/tun", Libc.O_RDWR);
    try {
      Libc.ioctl(fd, TUNSETIFF, request(name));
      return new Tun(fd);
    } catch (LastErrorException e) {
      Libc.close(fd);
      throw e;
    }
  }

  private static byte[] request(String name) {
    ByteBuffer request = ByteBuffer.allocate(IFREQ_OCTETS).order(ByteOrder.nativeOrder());
    request.put(name.getBytes(StandardCharsets.US_ASCII));
    return request.putShort(NAME_OCTETS, IFF_TUN_NO_PI).array();
  }

  /** Waits for a packet and puts it at the start of {@code into}; says whether there was one. */
  boolean read(ByteBuffer into, int milliseconds) {
    if (Libc.poll(awaited, new NativeLong(1), milliseconds) == 0) {
      return false;
    }
    into.clear();
    int octets = Libc.read(fd, into, new NativeLong(into.capacity())).intValue();
    into.limit(octets);
    return octets > 0;
  }

  /** Hands the kernel a packet; one that it does not want is lost, as on any wire. */
  void write(ByteBuffer packet) {
    try {
      Libc.write(fd, packet, new NativeLong(packet.limit()));
    } catch (LastErrorException e) {
      // The device may be down already.
    }
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
