package io.bradawl.it.apps;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.socket.IceUdpSocketWrapper;
import org.ice4j.socket.MultiplexingDatagramSocket;
import org.ice4j.socket.StunDatagramPacketFilter;
import org.ice4j.stunclient.SimpleAddressDetector;

/**
 * Talks to an echo and, through the same socket, asks a STUN server for the socket's public address
 * with a library of its own (ice4j). Prints {@code mapped <address>} and {@code echoed} for each
 * round, and {@code unexpected: ...} for any datagram that it did not ask for.
 */
public final class StunAndTalk {
  private static final int PATIENCE_MILLIS = 10_000;

  private final MultiplexingDatagramSocket socket;
  private final SimpleAddressDetector detector;
  private final TransportAddress server;

  private StunAndTalk(DatagramSocket socket, TransportAddress server) throws IOException {
    this.socket = new MultiplexingDatagramSocket(socket);
    this.server = server;
    this.detector = new SimpleAddressDetector(server);
    detector.start();
  }

  /**
   * Arguments: own address, address and port of the STUN server, host and port of the echo, rounds.
   */
  public static void main(String[] args) throws Exception {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(args[0]));
    socket.setSoTimeout(PATIENCE_MILLIS);
    TransportAddress server =
        new TransportAddress(args[1], Integer.parseInt(args[2]), Transport.UDP);
    InetSocketAddress echo =
        new InetSocketAddress(InetAddress.getByName(args[3]), Integer.parseInt(args[4]));
    StunAndTalk program = new StunAndTalk(socket, server);
    for (int round = 0; round < Integer.parseInt(args[5]); round++) {
      program.talk(echo, "round " + round);
      program.askForMapping();
      Thread.sleep(100);
    }
    System.out.println("done");
    System.exit(0); // the library leaves threads behind
  }

  private void talk(InetSocketAddress echo, String words) throws IOException {
    byte[] content = words.getBytes(StandardCharsets.US_ASCII);
    socket.send(new DatagramPacket(content, content.length, echo));
    DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
    socket.receive(answer);
    String echoed = new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
    boolean expected = echoed.equals(words) && answer.getSocketAddress().equals(echo);
    System.out.println(expected ? "echoed" : "unexpected: " + answer.getSocketAddress());
  }

  /** Each time with a view of the socket of its own, which the library closes. */
  private void askForMapping() throws IOException {
    TransportAddress mapped =
        detector.getMappingFor(
            new IceUdpSocketWrapper(socket.getSocket(new StunDatagramPacketFilter(server))));
    System.out.println("mapped " + (mapped == null ? "nothing" : text(mapped)));
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
