package io.bradawl.it.load.client;

import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.wire.WireFormatException;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A TCP connection over which STUN messages go. */
final class StunSocket implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket = new Socket();

  /**
   * Connects.
   *
   * @param source address, {@code null} for any
   */
  StunSocket(InetSocketAddress server, @Nullable InetAddress source) throws IOException {
    if (source != null) {
      socket.bind(new InetSocketAddress(source, 0));
    }
    socket.connect(server, PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  Socket socket() {
    return socket;
  }

  void write(StunMessage message) throws IOException {
    write(StunEncoder.encode(message));
  }

  void write(ByteBuffer wire) throws IOException {
    socket.getOutputStream().write(wire.array(), wire.arrayOffset(), wire.remaining());
  }

  StunMessage read() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] header = new byte[StunHeader.LENGTH];
    in.readFully(header);
    try {
      byte[] message = Arrays.copyOf(header, StunHeader.messageLength(ByteBuffer.wrap(header)));
      in.readFully(message, header.length, message.length - header.length);
      return StunDecoder.decode(ByteBuffer.wrap(message));
    } catch (WireFormatException e) {
      throw new IOException("nonsense from the server", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
