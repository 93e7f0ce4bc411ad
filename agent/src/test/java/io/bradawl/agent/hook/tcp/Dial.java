package io.bradawl.agent.hook.tcp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The ways in which Java connects. */
enum Dial {
  SOCKET {
    @Override
    Stream open(SocketAddress to) throws Exception {
      Socket socket = new Socket();
      socket.connect(to);
      return Stream.of(socket);
    }
  },
  SOCKET_WITH_TIMEOUT {
    @Override
    Stream open(SocketAddress to) throws Exception {
      Socket socket = new Socket();
      socket.connect(to, 20_000);
      return Stream.of(socket);
    }
  },
  BOUND_SOCKET {
    @Override
    Stream open(SocketAddress to) throws Exception {
      Socket socket = new Socket();
      socket.bind(new InetSocketAddress(0));
      socket.connect(to);
      return Stream.of(socket);
    }
  },
  CHANNEL {
    @Override
    Stream open(SocketAddress to) throws Exception {
      return Stream.of(SocketChannel.open(to));
    }
  },
  IPV4_CHANNEL {
    @Override
    Stream open(SocketAddress to) throws Exception {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
      channel.connect(to);
      return Stream.of(channel);
    }
  },
  ADAPTOR {
    @Override
    Stream open(SocketAddress to) throws Exception {
      Socket socket = SocketChannel.open().socket();
      socket.connect(to);
      return Stream.of(socket);
    }
  },
  ADAPTOR_WITH_TIMEOUT {
    @Override
    Stream open(SocketAddress to) throws Exception {
      Socket socket = SocketChannel.open().socket();
      socket.connect(to, 20_000);
      return Stream.of(socket);
    }
  },
  REGISTERED_BEFORE {
    @Override
    Stream open(SocketAddress to) throws Exception {
      return select(Selector.open(), SocketChannel.open(), to, true);
    }
  },
  REGISTERED_AFTER {
    @Override
    Stream open(SocketAddress to) throws Exception {
      return select(Selector.open(), SocketChannel.open(), to, false);
    }
  },
  REGISTERED_BOUND {
    @Override
    Stream open(SocketAddress to) throws Exception {
      SocketChannel channel = SocketChannel.open().bind(new InetSocketAddress(0));
      return select(Selector.open(), channel, to, true);
    }
  },
  POLLED {
    @Override
    Stream open(SocketAddress to) throws Exception {
      return select(pollSelector(), SocketChannel.open(), to, true);
    }
  },
  FUTURE {
    @Override
    Stream open(SocketAddress to) throws Exception {
      AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
      channel.connect(to).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return Stream.of(channel);
    }
  },
  BOUND_FUTURE {
    @Override
    Stream open(SocketAddress to) throws Exception {
      AsynchronousSocketChannel channel =
          AsynchronousSocketChannel.open().bind(new InetSocketAddress(0));
      channel.connect(to).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return Stream.of(channel);
    }
  },
  HANDLER {
    @Override
    Stream open(SocketAddress to) throws Exception {
      AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
      CompletableFuture<Stream> connected = new CompletableFuture<>();
      channel.connect(to, channel, completing(connected));
      return connected.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
  };

  static final int PATIENCE_MILLIS = 20_000;

  /** Connects. The stream is in blocking mode. */
  abstract Stream open(SocketAddress to) throws Exception;

  /** What {@link #open} throws, freed of what asynchronous interfaces wrap around it. */
  final Exception failure(InetAddress host, int port) {
    try {
      open(new InetSocketAddress(host, port)).close();
      return new ConnectException(this + " has connected");
    } catch (ExecutionException e) {
      return e.getCause() instanceof Exception cause ? cause : e;
    } catch (Exception e) {
      return e;
    }
  }

  static Selector pollSelector() throws Exception {
    Class<?> provider = Class.forName("sun.nio.ch.PollSelectorProvider");
    return ((SelectorProvider) provider.getConstructor().newInstance()).openSelector();
  }

  private static Stream select(
      Selector selector, SocketChannel channel, SocketAddress to, boolean before)
      throws IOException {
    channel.configureBlocking(false);
    try (selector) {
      if (before) {
        channel.register(selector, SelectionKey.OP_CONNECT);
        selector.selectNow(); // puts it into the kernel's set; unconnected sockets hang up
        selector.selectedKeys().clear();
      }
      if (!channel.connect(to) && !before) {
        channel.register(selector, SelectionKey.OP_CONNECT);
      }
      do {
        if (selector.select(PATIENCE_MILLIS) == 0) {
          throw new SocketTimeoutException("the selector was never told");
        }
        selector.selectedKeys().clear();
      } while (!channel.finishConnect());
    }
    channel.configureBlocking(true);
    return Stream.of(channel);
  }

  private static CompletionHandler<Void, AsynchronousSocketChannel> completing(
      CompletableFuture<Stream> connected) {
    return new CompletionHandler<>() {
      @Override
      public void completed(Void nothing, AsynchronousSocketChannel channel) {
        try {
          connected.complete(Stream.of(channel));
        } catch (IOException e) {
          connected.completeExceptionally(e);
        }
      }

      @Override
      public void failed(Throwable why, AsynchronousSocketChannel channel) {
        connected.completeExceptionally(why);
      }
    };
  }
}
