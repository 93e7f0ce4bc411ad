package io.bradawl.it.load.crowd;

import io.bradawl.it.load.datagram.Batch;
import io.bradawl.it.load.datagram.UdpSocket;
import java.net.InetSocketAddress;

/** Sends every datagram back: the peer behind the relay, and the least that a server can do. */
public final class Echo implements AutoCloseable {

  private static final int LONGEST = 1500;
  private static final int PATIENCE_MILLIS = 1000;

  private final UdpSocket socket;
  private final Batch batch = new Batch(LONGEST, true);

  Echo(InetSocketAddress at) {
    socket = UdpSocket.bound(at);
  }

  /** Argument: the port on 127.0.0.1. Runs until it is killed. */
  public static void main(String[] args) {
    InetSocketAddress at = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    try (Echo echo = new Echo(at)) {
      System.out.println("listening");
      while (!Thread.interrupted()) {
        if (echo.turn() == 0) {
          echo.socket.await(PATIENCE_MILLIS);
        }
      }
    }
  }

  /** Answers what is there; returns how many that were. */
  int turn() {
    int count = socket.receive(batch);
    return count == 0 ? 0 : batch.sendBack(socket.fd(), count);
  }

  @Override
  public void close() {
    socket.close();
  }
}
