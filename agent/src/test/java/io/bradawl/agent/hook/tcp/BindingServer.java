package io.bradawl.agent.hook.tcp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.wire.WireFormatException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;

/** Answers STUN Binding requests over TCP on loopback. */
final class BindingServer {

  private final ServerSocket listener;

  BindingServer() throws IOException {
    listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    start(this::serve);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        start(() -> answer(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void answer(Socket connection) {
    InetSocketAddress from = (InetSocketAddress) connection.getRemoteSocketAddress();
    TransportAddress mapped = new TransportAddress(from.getAddress(), from.getPort());
    try (connection) {
      while (true) {
        byte[] request = connection.getInputStream().readNBytes(StunHeader.LENGTH);
        if (request.length < StunHeader.LENGTH) {
          return;
        }
        StunMessage message = StunDecoder.decode(ByteBuffer.wrap(request));
        ByteBuffer answer = StunEncoder.encode(message.success(new XorMappedAddress(mapped)));
        byte[] octets = new byte[answer.remaining()];
        answer.get(octets);
        connection.getOutputStream().write(octets);
      }
    } catch (IOException | WireFormatException e) {
      return; // a punch port that is done resets its connection
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "binding-server");
    thread.setDaemon(true);
    thread.start();
  }
}
