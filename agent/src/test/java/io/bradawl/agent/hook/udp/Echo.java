package io.bradawl.agent.hook.udp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;

/** Sends every datagram back to where it seems to come from. */
final class Echo implements AutoCloseable {

  private final DatagramSocket socket;
  private final UdpTestAgent agent;
  private volatile InetSocketAddress lastSource = new InetSocketAddress(0);
  private volatile boolean mute;

  Echo(DatagramSocket socket, UdpTestAgent agent) {
    this.socket = socket;
    this.agent = agent;
    Thread thread = new Thread(this::serve, "echo");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  InetSocketAddress virtual() {
    return new InetSocketAddress(agent.self, port());
  }

  InetSocketAddress lastSource() {
    return lastSource;
  }

  void mute() {
    mute = true;
  }

  private void serve() {
    DatagramPacket packet =
        new DatagramPacket(new byte[Datagrams.LARGEST_PLAIN], Datagrams.LARGEST_PLAIN);
    while (!socket.isClosed()) {
      try {
        packet.setLength(Datagrams.LARGEST_PLAIN);
        socket.receive(packet);
        lastSource = (InetSocketAddress) packet.getSocketAddress();
        if (!mute) {
          socket.send(packet);
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
