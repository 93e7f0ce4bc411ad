package io.bradawl.agent.hook.tcp;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** A connection, whatever kind of object the application holds it by. */
record Stream(
    InputStream in, OutputStream out, SocketAddress remote, Closeable socket, Closeable output)
    implements Closeable {

  static Stream of(Socket socket) throws IOException {
    return new Stream(
        socket.getInputStream(),
        socket.getOutputStream(),
        socket.getRemoteSocketAddress(),
        socket,
        socket::shutdownOutput);
  }

  /** The channel is in blocking mode. */
  static Stream of(SocketChannel channel) throws IOException {
    return new Stream(
        Channels.newInputStream(channel),
        Channels.newOutputStream(channel),
        channel.getRemoteAddress(),
        channel,
        channel::shutdownOutput);
  }

  static Stream of(AsynchronousSocketChannel channel) throws IOException {
    return new Stream(
        Channels.newInputStream(channel),
        Channels.newOutputStream(channel),
        channel.getRemoteAddress(),
        channel,
        channel::shutdownOutput);
  }

  /** Ends what is sent, and goes on receiving. */
  void endOutput() throws IOException {
    output.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
