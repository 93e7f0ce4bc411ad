package io.bradawl.agent.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * An application that binds one socket of each TCP API of the JDK and prints the ports, then waits
 * for its input to end.
 */
final class TcpApis {

  private static final SocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private TcpApis() {}

  @SuppressWarnings("resource") // closed when the process ends
  public static void main(String[] arguments) throws IOException {
    ServerSocket serverSocket = new ServerSocket();
    serverSocket.bind(ANY);
    print("ServerSocket", serverSocket.getLocalSocketAddress());
    Socket socket = new Socket();
    socket.bind(ANY);
    print("Socket", socket.getLocalSocketAddress());
    print("ServerSocketChannel", ServerSocketChannel.open().bind(ANY).getLocalAddress());
    print("SocketChannel", SocketChannel.open().bind(ANY).getLocalAddress());
    print("AsyncServer", AsynchronousServerSocketChannel.open().bind(ANY).getLocalAddress());
    print("AsyncSocket", AsynchronousSocketChannel.open().bind(ANY).getLocalAddress());
    ServerSocketChannel adaptedServer = ServerSocketChannel.open();
    adaptedServer.socket().bind(ANY);
    print("ServerSocketChannel.socket()", adaptedServer.getLocalAddress());
    SocketChannel adapted = SocketChannel.open();
    adapted.socket().bind(ANY);
    print("SocketChannel.socket()", adapted.getLocalAddress());
    System.out.flush();
    while (System.in.read() >= 0) {
      continue;
    }
  }

  private static void print(String api, SocketAddress local) {
    System.out.println(api + " " + ((InetSocketAddress) local).getPort());
  }
}
