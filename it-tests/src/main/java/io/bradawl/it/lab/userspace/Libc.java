package io.bradawl.it.lab.userspace;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;

/** The system calls that Java does not have. Each throws with errno when it fails. */
final class Libc {

  static final int O_RDWR = 2;
  static final int CLONE_NEWNET = 0x4000_0000;
  static final short POLLIN = 1;

  static {
    Native.register(Libc.class, "c");
  }

  private Libc() {}

  static native int open(String path, int flags) throws LastErrorException;

  static native int close(int fd) throws LastErrorException;

  static native int setns(int fd, int type) throws LastErrorException;

  static native int ioctl(int fd, NativeLong request, byte[] argument) throws LastErrorException;

  static native int poll(ByteBuffer descriptors, NativeLong count, int milliseconds)
      throws LastErrorException;

  static native NativeLong read(int fd, ByteBuffer into, NativeLong length)
      throws LastErrorException;

  static native NativeLong write(int fd, ByteBuffer from, NativeLong length)
      throws LastErrorException;
}
