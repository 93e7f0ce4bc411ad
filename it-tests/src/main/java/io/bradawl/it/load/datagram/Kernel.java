package io.bradawl.it.load.datagram;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * The system calls that make a loader cheaper than what it loads: many datagrams with one call,
 * from memory that is laid out once. Numbers and layouts are those of 64-bit Linux.
 */
public final class Kernel {

  static final int AF_INET = 2;
  static final int SOCK_DGRAM = 2;
  static final int SOL_SOCKET = 1;
  static final int SO_RCVBUFFORCE = 33;
  static final int SO_SNDBUFFORCE = 32;
  static final int SOL_UDP = 17;
  static final int UDP_SEGMENT = 103;
  static final int MSG_DONTWAIT = 0x40;
  static final short POLLIN = 1;
  static final int SOCKADDR_IN = 16;

  static {
    Native.register(Kernel.class, "c");
  }

  private Kernel() {}

  static native int socket(int domain, int type, int protocol) throws LastErrorException;

  static native int bind(int fd, byte[] address, int length) throws LastErrorException;

  static native int connect(int fd, byte[] address, int length) throws LastErrorException;

  static native int setsockopt(int fd, int level, int option, int[] value, int length)
      throws LastErrorException;

  static native int close(int fd) throws LastErrorException;

  static native int poll(long descriptors, long count, int milliseconds);

  /** Returns -1 where nothing could be sent. */
  static native long send(int fd, long octets, long length, int flags);

  /** Returns -1 where nothing could be sent. */
  static native int sendmmsg(int fd, long messages, int count, int flags);

  /** Returns -1 where there is nothing. */
  static native int recvmmsg(int fd, long messages, int count, int flags, long timeout);

  /** Where a direct buffer begins. */
  public static long addressOf(ByteBuffer direct) {
    return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
  }
}
