package io.bradawl.it.soak.load;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.ThreadLocalRandom;

/** Datagrams at a steady pace from one socket. They may be lost; encrypted ones never double. */
final class DatagramLoad implements Load {
  static final int INTERVAL_MILLIS = 500;
  static final int LONGEST = 1_100;

  private final String host;
  private final int port;
  private final boolean isPlain;
  private final Tally tally;
  private final Seen seen = new Seen();
  private final long conversation = ThreadLocalRandom.current().nextLong();
  private int sent;

  DatagramLoad(String host, int port, boolean isPlain, Tally tally) {
    this.host = host;
    this.port = port;
    this.isPlain = isPlain;
    this.tally = tally;
  }

  @Override
  public void run() throws IOException, WrongOctets {
    InetSocketAddress peer = new InetSocketAddress(InetAddress.getByName(host), port);
    try (DatagramSocket socket = new DatagramSocket()) {
      while (true) {
        long at = Tally.now();
        byte[] octets = new Message(conversation, sent++).octets(LONGEST);
        socket.send(new DatagramPacket(octets, octets.length, peer));
        hear(socket, at + INTERVAL_MILLIS);
      }
    }
  }

  private void hear(DatagramSocket socket, long until) throws IOException, WrongOctets {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    for (long left = until - Tally.now(); left > 0; left = until - Tally.now()) {
      packet.setLength(LONGEST);
      socket.setSoTimeout((int) left);
      try {
        socket.receive(packet);
        check(packet);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
  }

  private void check(DatagramPacket packet) throws WrongOctets {
    Message message = Message.of(packet);
    if (message.conversation() != conversation || message.number() >= sent) {
      throw new WrongOctets(message + " was never sent");
    }
    if (seen.isNew(message)) {
      tally.answered(packet.getLength());
    } else if (isPlain) {
      tally.duplicate();
    } else {
      throw new WrongOctets(message + " came back twice by encrypted UDP");
    }
  }
}
