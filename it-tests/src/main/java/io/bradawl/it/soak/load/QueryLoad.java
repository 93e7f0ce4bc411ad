package io.bradawl.it.soak.load;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.ThreadLocalRandom;

/** A new UDP socket for each question, which is repeated until the answer comes. */
final class QueryLoad implements Load {
  static final int INTERVAL_MILLIS = 8_000;

  private static final int REPEAT_MILLIS = 500;
  private static final int TIMES = 10;

  private final String host;
  private final int port;
  private final Tally tally;

  QueryLoad(String host, int port, Tally tally) {
    this.host = host;
    this.port = port;
    this.tally = tally;
  }

  @Override
  public void run() throws IOException, WrongOctets, InterruptedException {
    InetSocketAddress peer = new InetSocketAddress(InetAddress.getByName(host), port);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(REPEAT_MILLIS);
      ask(socket, peer);
    }
    Thread.sleep(INTERVAL_MILLIS);
  }

  private void ask(DatagramSocket socket, InetSocketAddress peer) throws IOException, WrongOctets {
    long conversation = ThreadLocalRandom.current().nextLong();
    DatagramPacket answer =
        new DatagramPacket(new byte[DatagramLoad.LONGEST], DatagramLoad.LONGEST);
    for (int time = 0; time < TIMES; time++) {
      byte[] octets = new Message(conversation, time).octets(DatagramLoad.LONGEST);
      socket.send(new DatagramPacket(octets, octets.length, peer));
      try {
        socket.receive(answer);
      } catch (SocketTimeoutException e) {
        continue;
      }
      Message message = Message.of(answer);
      if (message.conversation() != conversation || message.number() > time) {
        throw new WrongOctets(message + " was never sent");
      }
      tally.answered(octets.length);
      return;
    }
    throw new SocketTimeoutException("no answer");
  }
}
