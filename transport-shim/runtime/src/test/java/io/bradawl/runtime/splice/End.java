package io.bradawl.runtime.splice;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.zip.CRC32;

/** What an application does with its end of a connection, told in words that can be compared. */
final class End {

  static final int PATIENCE_MILLIS = 20_000;

  private final SocketChannel channel;
  private final Socket socket;

  End(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.socket = channel.socket();
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  SocketChannel channel() {
    return channel;
  }

  Socket socket() {
    return socket;
  }

  /** Octets that depend on their number only. */
  static byte[] octets(int length) {
    byte[] octets = new byte[length];
    new Random(length).nextBytes(octets);
    return octets;
  }

  void write(int length) throws IOException {
    socket.getOutputStream().write(octets(length));
  }

  /** Reads so many octets, no more. */
  String read(int length) throws IOException {
    byte[] read = socket.getInputStream().readNBytes(length);
    return read.length + " octets " + checksum(read);
  }

  /** Reads to the end, of whatever kind. */
  String readAll() {
    CRC32 checksum = new CRC32();
    byte[] buffer = new byte[20_000];
    long total = 0;
    try {
      InputStream input = socket.getInputStream();
      for (int n = input.read(buffer); n >= 0; n = input.read(buffer)) {
        checksum.update(buffer, 0, n);
        total += n;
      }
      return total + " octets " + checksum.getValue() + ", end";
    } catch (SocketTimeoutException e) {
      return total + " octets, then silence";
    } catch (IOException e) {
      return total + " octets " + checksum.getValue() + ", " + failure(e);
    }
  }

  /** Writes until that fails, as it must some time after the other side has gone. */
  String writeUntilRefused() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    while (System.nanoTime() < deadline) {
      try {
        socket.getOutputStream().write(1);
      } catch (IOException e) {
        return "refused";
      }
      Thread.sleep(5);
    }
    return "never refused";
  }

  /** Writes until nothing has been taken for a while. */
  long writeUntilStalled() throws IOException, InterruptedException {
    channel.configureBlocking(false);
    ByteBuffer block = ByteBuffer.allocate(64 * 1024);
    long total = 0;
    for (int idle = 0; idle < 30; idle++) {
      block.clear();
      int written = channel.write(block);
      total += written;
      if (written > 0) {
        idle = 0;
      } else {
        Thread.sleep(10);
      }
    }
    channel.configureBlocking(true);
    return total;
  }

  /** Waits until so many octets lie ready. */
  String awaitAvailable(int expected) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    int available = socket.getInputStream().available();
    while (available != expected && System.nanoTime() < deadline) {
      Thread.sleep(1);
      available = socket.getInputStream().available();
    }
    return available + " available";
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  void close() throws IOException {
    channel.close();
  }

  void reset() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  private static long checksum(byte[] octets) {
    CRC32 checksum = new CRC32();
    checksum.update(octets);
    return checksum.getValue();
  }

  private static String failure(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
