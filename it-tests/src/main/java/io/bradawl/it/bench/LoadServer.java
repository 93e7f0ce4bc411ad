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
 * the count to zero, one of two octets is answered with it.
 */
public final class LoadServer {
  static final int PORT = 9900;
  static final int GREETING_PORT = 9901;
  static final int RESET = 1;
  static final int REPORT = 2;
  static final int CHUNK = 128 * 1024;

  private LoadServer() {}

  /** Takes no arguments; runs until killed. */
  public static void main(String[] args) throws IOException {
    ServerSocket listener = new ServerSocket(PORT);
    DatagramChannel datagrams = DatagramChannel.open().bind(new InetSocketAddress(PORT));
    Thread counter = new Thread(() -> countUnchecked(datagrams), "udp");
    counter.start();
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
      for (int read = input.read(chunk); read >= 0; read = input.read(chunk)) {
        octets += read;
      }
      new DataOutputStream(accepted.getOutputStream()).writeLong(octets);
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
    while (true) {
      SocketAddress sender = datagrams.receive(buffer.clear());
      int size = buffer.position();
      if (size == RESET || size == REPORT) {
        count = size == RESET ? 0 : count;
        datagrams.send(buffer.clear().put((byte) size).putLong(count).flip(), sender);
      } else {
        count++;
      }
    }
  }
}
