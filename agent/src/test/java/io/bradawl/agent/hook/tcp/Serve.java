package io.bradawl.agent.hook.tcp;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The ways in which Java accepts. */
enum Serve {
  SERVER_SOCKET {
    @Override
    Server open() throws Exception {
      ServerSocket socket = new ServerSocket(0);
      return new Server(socket.getLocalPort(), () -> Stream.of(socket.accept()), socket);
    }
  },
  TIMED_SERVER_SOCKET {
    @Override
    Server open() throws Exception {
      ServerSocket socket = new ServerSocket(0);
      socket.setSoTimeout(Dial.PATIENCE_MILLIS);
      return new Server(socket.getLocalPort(), () -> Stream.of(socket.accept()), socket);
    }
  },
  CHANNEL {
    @Override
    Server open() throws Exception {
      ServerSocketChannel channel = ServerSocketChannel.open().bind(null);
      return new Server(port(channel), () -> Stream.of(channel.accept()), channel);
    }
  },
  IPV4_CHANNEL {
    @Override
    Server open() throws Exception {
      ServerSocketChannel channel =
          ServerSocketChannel.open(StandardProtocolFamily.INET).bind(null);
      return new Server(port(channel), () -> Stream.of(channel.accept()), channel);
    }
  },
  ADAPTOR {
    @Override
    Server open() throws Exception {
      ServerSocketChannel channel = ServerSocketChannel.open().bind(null);
      return new Server(port(channel), () -> Stream.of(channel.socket().accept()), channel);
    }
  },
  TIMED_ADAPTOR {
    @Override
    Server open() throws Exception {
      ServerSocketChannel channel = ServerSocketChannel.open().bind(null);
      channel.socket().setSoTimeout(Dial.PATIENCE_MILLIS);
      return new Server(port(channel), () -> Stream.of(channel.socket().accept()), channel);
    }
  },
  SELECTED {
    @Override
    Server open() throws Exception {
      return selected(Selector.open());
    }
  },
  POLLED {
    @Override
    Server open() throws Exception {
      return selected(Dial.pollSelector());
    }
  },
  FUTURE {
    @Override
    Server open() throws Exception {
      AsynchronousServerSocketChannel channel = AsynchronousServerSocketChannel.open().bind(null);
      return new Server(port(channel), () -> Stream.of(channel.accept().get()), channel);
    }
  },
  HANDLER {
    @Override
    Server open() throws Exception {
      AsynchronousServerSocketChannel channel = AsynchronousServerSocketChannel.open().bind(null);
      return new Server(port(channel), () -> acceptByHandler(channel), channel);
    }
  };

  /** Begins to listen on any port. */
  abstract Server open() throws Exception;

  /** A listener and its way to accept. */
  record Server(int port, Callable<Stream> acceptor, Closeable listener) implements Closeable {

    /** Waits for a connection. */
    Stream accept() throws Exception {
      return acceptor.call();
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  private static int port(ServerSocketChannel channel) {
    return channel.socket().getLocalPort();
  }

  private static int port(AsynchronousServerSocketChannel channel) throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private static Server selected(Selector selector) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open().bind(null);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_ACCEPT);
    Closeable both =
        () -> {
          channel.close();
          selector.close();
        };
    return new Server(port(channel), () -> acceptSelected(selector, channel), both);
  }

  private static Stream acceptSelected(Selector selector, ServerSocketChannel channel)
      throws IOException {
    while (true) {
      if (selector.select(Dial.PATIENCE_MILLIS) == 0) {
        throw new SocketTimeoutException("the selector was never told");
      }
      selector.selectedKeys().clear();
      SocketChannel accepted = channel.accept();
      if (accepted != null) {
        return Stream.of(accepted);
      }
    }
  }

  private static Stream acceptByHandler(AsynchronousServerSocketChannel channel) throws Exception {
    CompletableFuture<AsynchronousSocketChannel> accepted = new CompletableFuture<>();
    channel.accept(
        accepted,
        new CompletionHandler<>() {
          @Override
          public void completed(
              AsynchronousSocketChannel connection,
              CompletableFuture<AsynchronousSocketChannel> to) {
            to.complete(connection);
          }

          @Override
          public void failed(Throwable why, CompletableFuture<AsynchronousSocketChannel> to) {
            to.completeExceptionally(why);
          }
        });
    return Stream.of(accepted.get(Dial.PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
  }
}
