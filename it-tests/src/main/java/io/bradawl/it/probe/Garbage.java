package io.bradawl.it.probe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Random;

/**
 * Sends random octets, and STUN headers with nonsense behind them, to UDP and TCP ports; prints how
 * much it got rid of.
 */
public final class Garbage {
  private static final byte[] STUN_HEADER = {
    0, 1, 0x7f, (byte) 0xfc, 0x21, 0x12, (byte) 0xa4, 0x42
  };

  private final Random random;
  private final InetSocketAddress target;

  private Garbage(Random random, InetSocketAddress target) {
    this.random = random;
    this.target = target;
  }

  /** Arguments: seed, pieces, then targets as {@code host:port}. */
  public static void main(String[] args) throws IOException {
    Random random = new Random(Long.parseLong(args[0]));
    int pieces = Integer.parseInt(args[1]);
    for (int i = 2; i < args.length; i++) {
      int colon = args[i].lastIndexOf(':');
      int port = Integer.parseInt(args[i].substring(colon + 1));
      new Garbage(random, new InetSocketAddress(args[i].substring(0, colon), port)).throwAt(pieces);
    }
    System.out.println("garbage thrown");
  }

  private void throwAt(int pieces) throws IOException {
    int refused = 0;
    try (DatagramSocket datagrams = new DatagramSocket()) {
      for (int piece = 0; piece < pieces; piece++) {
        byte[] datagram = piece();
        datagrams.send(new DatagramPacket(datagram, datagram.length, target));
        refused += throwByTcp() ? 0 : 1;
      }
    }
    System.out.println(target + ": " + pieces + " datagrams, " + (pieces - refused) + " streams");
  }

  private byte[] piece() {
    byte[] octets = new byte[20 + random.nextInt(1000)];
    random.nextBytes(octets);
    if (random.nextBoolean()) {
      System.arraycopy(STUN_HEADER, 0, octets, 0, STUN_HEADER.length);
      octets[3] = (byte) (random.nextInt(64) * 4);
    }
    return octets;
  }

  /** Whether a connection could be opened at all. */
  private boolean throwByTcp() {
    try (Socket socket = new Socket()) {
      socket.connect(target, 1000);
      socket.getOutputStream().write(piece());
      return true;
    } catch (IOException unwelcome) {
      return false;
    }
  }
}
