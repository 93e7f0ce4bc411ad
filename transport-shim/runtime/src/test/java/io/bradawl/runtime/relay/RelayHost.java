package io.bradawl.runtime.relay;

import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.runtime.turn.FakeTurnServer;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A {@link FakeTurnServer} that is reached over TCP, by one client after the other. */
final class RelayHost implements Closeable {

  final FakeTurnServer turn;
  private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

  /**
   * @param relayed the IP address of what it allocates
   */
  RelayHost(String relayed) throws Exception {
    turn = new FakeTurnServer(relayed);
    Thread server = new Thread(this::serve, "relay");
    server.setDaemon(true);
    server.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        answer(client);
      } catch (IOException | WireFormatException over) {
        // The client has gone, or the test is over.
      }
    }
  }

  private void answer(Socket client) throws IOException, WireFormatException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    while (true) {
      byte[] header = new byte[StunHeader.LENGTH];
      in.readFully(header);
      byte[] message = Arrays.copyOf(header, StunHeader.messageLength(ByteBuffer.wrap(header)));
      in.readFully(message, StunHeader.LENGTH, message.length - StunHeader.LENGTH);
      Optional<ByteBuffer> answer = turn.answer(ByteBuffer.wrap(message));
      if (answer.isPresent()) {
        byte[] octets = new byte[answer.get().remaining()];
        answer.get().get(octets);
        client.getOutputStream().write(octets);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
