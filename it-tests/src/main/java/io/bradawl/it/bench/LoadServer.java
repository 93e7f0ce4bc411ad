package io.bradawl.it.bench;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * The far end of a load. TCP: swallows a stream, then says how many octets it was; on the other
 * port greets whoever connects, one after the other. UDP: counts datagrams; one of one octet sets
 * the count to zero, one of two octets is answered with it; on the other port sends back what
 * comes. Whatever it reports is followed by the processor time it took.
 */
public final class LoadServer {
  static final int PORT = 9900;
  static final int GREETING_PORT = 9901;
  static final int ECHO_PORT = 9902;
  static final int RESET = 1;
  static final int REPORT = 2;
  static final int CHUNK = 128 * 1024;

  private LoadServer() {}

  /** Takes no arguments; runs until killed. */
  public static void main(String[] args) throws IOException {
    ServerSocket listener = new ServerSocket(PORT);
    DatagramChannel datagrams = DatagramChannel.open().bind(new InetSocketAddress(PORT));
    new Thread(() -> countUnchecked(datagrams), "udp").start();
    DatagramChannel echoes = DatagramChannel.open().bind(new InetSocketAddress(ECHO_PORT));
    new Thread(() -> echoUnchecked(echoes), "echo").start();
    ServerSocket greeter = new ServerSocket(GREETING_PORT);
    new Thread(() -> greetUnchecked(greeter), "greeter").start();
    System.out.println("load server ready");
    while (true) {
      Socket accepted = listener.accept();
      new Thread(() -> swallowUnchecked(accepted), "tcp").start();
    }
  }

  private static void greetUnchecked(ServerSocket greeter) {
    while (true) {
      try (Socket accepted = greeter.accept()) {
        accepted.getOutputStream().write('!');
        accepted.getInputStream().read();
      } catch (SocketException reset) {
        continue; // how the client closes
      } catch (IOException e) {
        System.out.println("greeting ended: " + e);
        return;
      }
    }
  }

  private static void swallowUnchecked(Socket accepted) {
    try (accepted) {
      InputStream input = accepted.getInputStream();
      byte[] chunk = new byte[CHUNK];
      long octets = 0;
      long start = Processor.nanos();
      for (int read = input.read(chunk); read >= 0; read = input.read(chunk)) {
        octets += read;
      }
      DataOutputStream report = new DataOutputStream(accepted.getOutputStream());
      report.writeLong(octets);
      report.writeLong(Processor.nanos() - start);
    } catch (IOException gone) {
      System.out.println("stream ended: " + gone);
    }
  }

  private static void countUnchecked(DatagramChannel datagrams) {
    try {
      count(datagrams);
    } catch (IOException e) {
      System.out.println("counting ended: " + e);
    }
  }

  private static void count(DatagramChannel datagrams) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
    long count = 0;
    long start = 0;
    while (true) {
      SocketAddress sender = datagrams.receive(buffer.clear());
      int size = buffer.position();
      if (size == RESET || size == REPORT) {
        count = size == RESET ? 0 : count;
        start = size == RESET ? Processor.nanos() : start;
        long taken = Processor.nanos() - start;
        buffer.clear().put((byte) size).putLong(count).putLong(taken);
        datagrams.send(buffer.flip(), sender);
      } else {
        count++;
      }
    }
  }

  private static void echoUnchecked(DatagramChannel echoes) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
    try {
      while (true) {
        SocketAddress sender = echoes.receive(buffer.clear());
        echoes.send(buffer.flip(), sender);
      }
    } catch (IOException e) {
      System.out.println("echoing ended: " + e);
    }
  }
}
