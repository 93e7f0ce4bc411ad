package io.bradawl.agent.hook.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the application of {@link TcpPathsTest} does: it is client and server at once. */
enum TcpScenario {
  EVERY_WAY_TO_CONNECT {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      for (Dial dial : Dial.values()) {
        converse(agent, dial, Serve.SERVER_SOCKET);
      }
    }
  },

  EVERY_WAY_TO_ACCEPT {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      for (Serve serve : Serve.values()) {
        converse(agent, Dial.SOCKET, serve);
      }
    }
  },

  NOBODY_LISTENS {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      for (Dial dial : Dial.values()) {
        assertThat(Background.start(() -> dial.failure(agent.self, 9)).result())
            .as(dial.toString())
            .isInstanceOf(ConnectException.class)
            .hasMessage("Connection refused: self.peer:9: nothing listens there");
      }
    }
  },

  NOBODY_THERE {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      assertThat(Dial.SOCKET.failure(agent.nobody, 9))
          .isInstanceOf(NoRouteToHostException.class)
          .hasMessage("No route to host: nobody.peer:9: no such peer");
      InetAddress stray = InetAddress.getByName("240.1.2.3");
      for (Dial dial : Dial.values()) {
        assertThat(dial.failure(stray, 9))
            .as(dial.toString())
            .isInstanceOf(NoRouteToHostException.class)
            .hasMessageContaining("240.1.2.3 is in bradawl.range");
      }
    }
  },

  AN_UNKNOWN_NAME_SAYS_WHY {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      String why = "nobody.peer: no such peer";
      InetSocketAddress unresolved = new InetSocketAddress("nobody.peer", 9);
      assertThatThrownBy(() -> new Socket("nobody.peer", 9))
          .isInstanceOf(UnknownHostException.class)
          .hasMessage(why);
      assertThatThrownBy(() -> new Socket().connect(unresolved, 100)).hasMessageContaining(why);
      assertThatThrownBy(() -> new URL("http://nobody.peer:9/").openStream())
          .isInstanceOf(UnknownHostException.class)
          .hasMessageContaining(why);
      assertThatThrownBy(() -> SocketChannel.open(unresolved))
          .isInstanceOf(UnresolvedAddressException.class)
          .hasRootCauseMessage("nobody.peer: no such peer");
      assertThatThrownBy(
              () -> new Socket().connect(InetSocketAddress.createUnresolved("other.peer", 9)))
          .isInstanceOf(UnknownHostException.class)
          .hasMessage("other.peer");
    }
  },

  AS_A_PLAIN_CONNECTION {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      for (TcpStory story : TcpStory.values()) {
        List<Object> plain = story.between(InetAddress.getLoopbackAddress());
        assertThat(story.between(agent.self)).as(story.toString()).isEqualTo(plain).isNotEmpty();
      }
    }
  },

  LOCAL_ADDRESSES {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      try (ServerSocketChannel server = ServerSocketChannel.open().bind(null)) {
        int port = server.socket().getLocalPort();
        try (Socket client = new Socket(agent.self, port);
            SocketChannel accepted = server.accept()) {
          assertThat(accepted.socket().getLocalPort()).isEqualTo(port);
          assertThat(accepted.socket().getPort()).isEqualTo(client.getLocalPort());
          InetSocketAddress local = (InetSocketAddress) client.getLocalSocketAddress();
          assertThat(NetworkInterface.getByInetAddress(local.getAddress())).isNotNull();
          assertThat(local.getPort()).isEqualTo(client.getLocalPort());
        }
      }
    }
  },

  BULK_DATA_BOTH_WAYS {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      byte[] data = new byte[20_000_000];
      new Random(1).nextBytes(data);
      try (Serve.Server server = Serve.CHANNEL.open()) {
        Background<byte[]> echo =
            Background.start(
                () -> {
                  try (Stream stream = server.accept()) {
                    byte[] received = stream.in().readAllBytes();
                    stream.out().write(received);
                    stream.endOutput();
                    return received;
                  }
                });
        try (Stream stream = Dial.CHANNEL.open(new InetSocketAddress(agent.self, server.port()))) {
          stream.out().write(data);
          stream.endOutput();
          assertThat(stream.in().readAllBytes()).isEqualTo(data);
        }
        assertThat(echo.result()).isEqualTo(data);
      }
    }
  },

  SERVER_SPEAKS_FIRST {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      try (Serve.Server server = Serve.SERVER_SOCKET.open()) {
        Background<Void> speaker =
            Background.start(
                () -> {
                  try (Stream stream = server.accept()) {
                    stream.out().write("220 ready\r\n".getBytes(UTF_8));
                    return null;
                  }
                });
        try (Stream stream = Dial.SOCKET.open(new InetSocketAddress(agent.self, server.port()))) {
          assertThat(stream.in().readAllBytes()).asString(UTF_8).isEqualTo("220 ready\r\n");
        }
        speaker.result();
      }
    }
  },

  SOCKET_OPTIONS_STAY {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      try (ServerSocket server = new ServerSocket(0);
          Socket socket = new Socket()) {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.setSoLinger(true, 7);
        socket.setReceiveBufferSize(40_000);
        int receiveBuffer = socket.getReceiveBufferSize();
        socket.connect(new InetSocketAddress(agent.self, server.getLocalPort()));
        assertThat(socket.getTcpNoDelay()).isTrue();
        assertThat(socket.getKeepAlive()).isTrue();
        assertThat(socket.getSoLinger()).isEqualTo(7);
        assertThat(socket.getReceiveBufferSize()).isEqualTo(receiveBuffer);
        assertThat(socket.getOption(StandardSocketOptions.SO_REUSEADDR)).isNotNull();
      }
    }
  },

  GUESTS_COME_AND_GO_MEANWHILE {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      try (Serve.Server server = Serve.SELECTED.open()) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int i = 0; i < 20; i++) {
          boolean peer = i % 2 == 0;
          Background<Stream> accepting = Background.start(server::accept);
          try (Socket guest = new Socket(peer ? agent.self : loopback, server.port());
              Stream accepted = accepting.result()) {
            assertThat(((InetSocketAddress) accepted.remote()).getPort())
                .isEqualTo(guest.getLocalPort());
          }
        }
      }
    }
  },

  TIME_OUT {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      try (Deaf deaf = new Deaf(agent)) {
        timesOut(deaf, () -> new Socket().connect(deaf.address, 1_000));
        timesOut(deaf, () -> SocketChannel.open().socket().connect(deaf.address, 1_000));
        deaf.awaitWithdrawals(deaf.offers());
      }
    }

    /** Again if the machine is so slow that no offer was made within a second. */
    private void timesOut(Deaf deaf, ThrowingCallable connect) {
      int before = deaf.offers();
      do {
        assertThatThrownBy(connect).isInstanceOf(SocketTimeoutException.class);
      } while (deaf.offers() == before);
    }
  },

  CLOSE_WHILE_CONNECTING {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      try (Deaf deaf = new Deaf(agent)) {
        Socket socket = new Socket();
        assertThat(closedMeanwhile(deaf, socket, () -> connect(socket, deaf)))
            .isInstanceOf(SocketException.class);
        SocketChannel channel = SocketChannel.open();
        assertThat(closedMeanwhile(deaf, channel, () -> channel.connect(deaf.address)))
            .isInstanceOf(AsynchronousCloseException.class);
        AsynchronousSocketChannel async = AsynchronousSocketChannel.open();
        Future<Void> connecting = async.connect(deaf.address);
        deaf.awaitOffers(3);
        async.close();
        assertThatThrownBy(connecting::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(AsynchronousCloseException.class);
        deaf.awaitWithdrawals(3);
      }
    }

    private Object connect(Socket socket, Deaf deaf) throws IOException {
      socket.connect(deaf.address);
      return socket;
    }

    private Exception closedMeanwhile(Deaf deaf, java.io.Closeable socket, Callable<Object> connect)
        throws Exception {
      int offers = deaf.offers();
      Background<Object> connecting = Background.start(connect);
      deaf.awaitOffers(offers + 1);
      socket.close();
      try {
        return new ConnectException("has connected: " + connecting.result());
      } catch (Exception e) {
        return e;
      }
    }
  },

  INTERRUPTED {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      try (Deaf deaf = new Deaf(agent)) {
        Thread[] connecting = new Thread[1];
        Background<Object> interrupted =
            Background.start(
                () -> {
                  connecting[0] = Thread.currentThread();
                  return SocketChannel.open(deaf.address);
                });
        deaf.awaitOffers(1);
        connecting[0].interrupt();
        assertThatThrownBy(interrupted::result).isInstanceOf(ClosedByInterruptException.class);
        deaf.awaitWithdrawals(1);
      }
    }
  },

  A_CLOSED_LISTENER_IS_GONE {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      for (Serve serve : Serve.values()) {
        Serve.Server server = serve.open();
        await(() -> !agent.sessions.exposed().isEmpty());
        server.close();
        await(() -> agent.sessions.exposed().isEmpty());
        assertThat(Dial.SOCKET.failure(agent.self, server.port()))
            .hasMessageStartingWith("Connection refused");
      }
    }
  },

  NOTHING_LEAKS {
    @Override
    void run(TcpTestAgent agent) throws Exception {
      connect(agent, 2 * Dial.values().length);
      long descriptors = descriptors();
      int threads = Thread.activeCount();
      connect(agent, 200);
      await(() -> descriptors() <= descriptors + 3);
      await(() -> Thread.activeCount() <= threads + 3);
    }

    private void connect(TcpTestAgent agent, int times) throws Exception {
      try (Serve.Server server = Serve.CHANNEL.open()) {
        for (int i = 0; i < times; i++) {
          Dial dial = Dial.values()[i % Dial.values().length];
          if (i % 5 == 4) {
            assertThat(dial.failure(agent.self, 9)).isInstanceOf(ConnectException.class);
            continue;
          }
          Background<Stream> accepting = Background.start(server::accept);
          dial.open(new InetSocketAddress(agent.self, server.port())).close();
          accepting.result().close();
        }
      }
    }
  };

  abstract void run(TcpTestAgent agent) throws Exception;

  /** Runs the scenario that the argument names. */
  public static void main(String[] arguments) {
    try {
      valueOf(arguments[0]).run(TcpTestAgent.running());
      System.exit(0);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Dial.PATIENCE_MILLIS * 1_000_000L;
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  private static void converse(TcpTestAgent agent, Dial dial, Serve serve) throws Exception {
    String pair = dial + " to " + serve;
    try (Serve.Server server = serve.open()) {
      Background<Stream> accepting = Background.start(server::accept);
      InetSocketAddress to = new InetSocketAddress(agent.self, server.port());
      try (Stream client = Background.start(() -> dial.open(to)).result();
          Stream accepted = accepting.result()) {
        assertThat(client.remote()).as(pair).isEqualTo(to);
        InetSocketAddress remote = (InetSocketAddress) accepted.remote();
        assertThat(remote.getHostString()).as(pair).isEqualTo("self.peer");
        assertThat(remote.getAddress()).as(pair).isEqualTo(agent.self);
        say(pair, client, accepted);
        say(pair, accepted, client);
        client.endOutput();
        assertThat(accepted.in().read()).as(pair).isEqualTo(-1);
        say(pair, accepted, client);
      }
    }
  }

  private static void say(String text, Stream from, Stream to) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    from.out().write(bytes);
    assertThat(to.in().readNBytes(bytes.length)).asString(UTF_8).isEqualTo(text);
  }

  private static long descriptors() {
    return ((com.sun.management.UnixOperatingSystemMXBean)
            ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }
}
