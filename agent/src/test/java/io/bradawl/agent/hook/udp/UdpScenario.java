package io.bradawl.agent.hook.udp;

import static io.bradawl.agent.hook.udp.Datagrams.LARGEST_PLAIN;
import static io.bradawl.agent.hook.udp.Datagrams.atSomePort;
import static io.bradawl.agent.hook.udp.Datagrams.await;
import static io.bradawl.agent.hook.udp.Datagrams.bytes;
import static io.bradawl.agent.hook.udp.Datagrams.descriptors;
import static io.bradawl.agent.hook.udp.Datagrams.garbage;
import static io.bradawl.agent.hook.udp.Datagrams.packet;
import static io.bradawl.agent.hook.udp.Datagrams.receive;
import static io.bradawl.agent.hook.udp.Datagrams.select;
import static io.bradawl.agent.hook.udp.Datagrams.sendFromStranger;
import static io.bradawl.agent.hook.udp.Datagrams.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.runtime.udp.UdpSocket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What the application of {@link UdpPathsTest} does. The echo server is an application too, in the
 * same JVM.
 */
enum UdpScenario {
  DATAGRAM_SOCKET {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo echo = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramSocket socket = new DatagramSocket()) {
        converse(socket, echo);
        assertThat(echo.lastSource())
            .isEqualTo(new InetSocketAddress(agent.self, socket.getLocalPort()));
      }
    }
  },

  MULTICAST_SOCKET {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo echo = new Echo(atSomePort(MulticastSocket::new), agent);
          MulticastSocket socket = new MulticastSocket()) {
        converse(socket, echo);
      }
    }
  },

  SMALL_BUFFERS {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo echo = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramSocket socket = new DatagramSocket()) {
        socket.send(packet("truncated", echo.virtual()));
        DatagramPacket received = new DatagramPacket(new byte[5], 5);
        socket.receive(received);
        assertThat(text(received)).isEqualTo("trunc");
        assertThat(received.getSocketAddress()).isEqualTo(echo.virtual());
      }
    }
  },

  BLOCKING_CHANNEL {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo echo = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramChannel channel = DatagramChannel.open()) {
        for (int i = 0; i < ROUNDS; i++) {
          channel.send(bytes("channel " + i), echo.virtual());
          ByteBuffer received = ByteBuffer.allocate(100);
          assertThat(channel.receive(received)).isEqualTo(echo.virtual());
          assertThat(text(received)).isEqualTo("channel " + i);
        }
      }
    }
  },

  SELECTOR {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo echo = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramChannel channel = DatagramChannel.open();
          Selector selector = Selector.open()) {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        for (int i = 0; i < ROUNDS; i++) {
          channel.send(bytes("selected " + i), echo.virtual());
          ByteBuffer received = ByteBuffer.allocateDirect(100);
          assertThat(select(selector, channel, received)).isEqualTo(echo.virtual());
          assertThat(text(received)).isEqualTo("selected " + i);
        }
      }
    }
  },

  CONNECTED_SOCKET {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo echo = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramSocket socket = new DatagramSocket()) {
        socket.connect(echo.virtual());
        assertThat(socket.getRemoteSocketAddress()).isEqualTo(echo.virtual());
        converse(socket, echo);
        sendFromStranger(socket.getLocalPort(), bytes("not for connected sockets"));
        converse(socket, echo);
        socket.disconnect();
        converse(socket, echo);
      }
    }
  },

  CONNECTED_CHANNEL {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo echo = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramChannel channel = DatagramChannel.open()) {
        channel.connect(echo.virtual());
        for (int i = 0; i < ROUNDS; i++) {
          assertThat(channel.write(bytes("connected " + i))).isEqualTo(("connected " + i).length());
          ByteBuffer received = ByteBuffer.allocate(100);
          channel.read(received);
          assertThat(text(received)).isEqualTo("connected " + i);
        }
        int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        channel.disconnect();
        assertThat(((InetSocketAddress) channel.getLocalAddress()).getPort()).isEqualTo(port);
      }
    }
  },

  RECONNECTED_CHANNEL {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo echo = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramSocket socket = new DatagramSocket()) {
        int port = socket.getLocalPort();
        socket.connect(InetAddress.getLoopbackAddress(), echo.port());
        socket.connect(echo.virtual());
        assertThat(socket.getLocalPort()).isEqualTo(port);
        converse(socket, echo);
      }
    }
  },

  SCATTER_GATHER {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo echo = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramChannel channel = DatagramChannel.open()) {
        channel.connect(echo.virtual());
        for (int i = 0; i < ROUNDS; i++) {
          ByteBuffer[] parts = {bytes("head "), bytes("body " + i)};
          assertThat(channel.write(parts)).isEqualTo(("head body " + i).length());
          ByteBuffer[] into = {ByteBuffer.allocate(5), ByteBuffer.allocateDirect(100)};
          channel.read(into);
          assertThat(text(into[0])).isEqualTo("head ");
          assertThat(text(into[1])).isEqualTo("body " + i);
        }
      }
    }
  },

  LARGEST_DATAGRAM {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo echo = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramSocket socket = new DatagramSocket()) {
        converse(socket, echo);
        byte[] largest = new byte[LARGEST_PLAIN - UdpSocket.SEAL_ROOM];
        new Random(3).nextBytes(largest);
        socket.send(new DatagramPacket(largest, largest.length, echo.virtual()));
        DatagramPacket received = new DatagramPacket(new byte[LARGEST_PLAIN], LARGEST_PLAIN);
        socket.receive(received);
        assertThat(Arrays.copyOf(received.getData(), received.getLength())).isEqualTo(largest);
        byte[] tooLong = new byte[LARGEST_PLAIN];
        assertThatThrownBy(
                () -> socket.send(new DatagramPacket(tooLong, tooLong.length, echo.virtual())))
            .isInstanceOf(IOException.class)
            .hasMessage("Message too long");
        converse(socket, echo);
      }
    }
  },

  TIMEOUT_SURVIVES_CONTROL {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo echo = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramSocket socket = new DatagramSocket()) {
        socket.setSoTimeout(500);
        long start = System.nanoTime();
        // Nobody listens to the first word, so only checks arrive.
        echo.mute();
        socket.send(packet("hello", echo.virtual()));
        assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[100], 100)))
            .isInstanceOf(SocketTimeoutException.class);
        assertThat(System.nanoTime() - start)
            .isGreaterThanOrEqualTo(Duration.ofMillis(500).toNanos());
      }
    }
  },

  APPLICATION_SPEAKS_STUN {
    @Override
    void run(UdpTestAgent agent) throws Exception {
      BindingServer third = new BindingServer();
      try (Echo echo = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramChannel channel = DatagramChannel.open()) {
        channel.send(bytes("first"), echo.virtual());
        channel.receive(ByteBuffer.allocate(100));
        for (InetSocketAddress server : List.of(third.address(), agent.bindingServer.address())) {
          TransactionId id = TransactionId.draw(new Random());
          channel.send(StunEncoder.encode(StunMessage.request(StunMethod.BINDING, id)), server);
          ByteBuffer received = ByteBuffer.allocate(100);
          assertThat(channel.receive(received)).isEqualTo(server);
          StunMessage reply = StunDecoder.decode(received.flip());
          assertThat(reply.transaction()).isEqualTo(id);
          assertThat(reply.has(XorMappedAddress.class)).isTrue();
        }
      }
    }
  },

  GARBAGE_IS_THE_APPLICATIONS {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo echo = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramSocket socket = new DatagramSocket()) {
        converse(socket, echo);
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
          ByteBuffer garbage = garbage(random, i);
          SocketAddress from = sendFromStranger(socket.getLocalPort(), garbage.duplicate());
          DatagramPacket received = new DatagramPacket(new byte[2000], 2000);
          socket.receive(received);
          assertThat(ByteBuffer.wrap(received.getData(), 0, received.getLength()))
              .isEqualTo(garbage);
          assertThat(received.getSocketAddress()).isEqualTo(from);
        }
        converse(socket, echo);
      }
    }
  },

  SEND_ONLY {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (DatagramSocket server = atSomePort(DatagramSocket::new);
          DatagramSocket socket = new DatagramSocket()) {
        SocketAddress target = new InetSocketAddress(agent.self, server.getLocalPort());
        for (int i = 0; i < 50; i++) {
          socket.send(packet("only " + i, target));
        }
        server.setSoTimeout(30_000);
        for (int i = 0; i < 50; i++) {
          assertThat(receive(server)).isEqualTo("only " + i);
        }
      }
    }
  },

  UNREAD_SOCKET {
    @Override
    void run(UdpTestAgent agent) throws IOException, InterruptedException {
      try (DatagramSocket server = atSomePort(DatagramSocket::new);
          DatagramSocket socket = new DatagramSocket()) {
        SocketAddress target = new InetSocketAddress(agent.self, server.getLocalPort());
        server.setSoTimeout(30_000);
        socket.send(packet("path", target));
        assertThat(receive(server)).isEqualTo("path");
        sendSlowly(socket, 400, target);
        for (int i = 0; i < 400; i++) {
          assertThat(receive(server)).isEqualTo("unread " + i);
        }
      }
    }
  },

  UNREAD_CHANNEL_WITH_SELECTOR {
    @Override
    void run(UdpTestAgent agent) throws IOException, InterruptedException {
      try (DatagramChannel server =
              atSomePort(port -> DatagramChannel.open().bind(new InetSocketAddress(port)));
          DatagramSocket socket = new DatagramSocket();
          Selector selector = Selector.open()) {
        int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        sendSlowly(socket, 50, new InetSocketAddress(agent.self, port));
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_READ);
        for (int i = 0; i < 50; i++) {
          ByteBuffer received = ByteBuffer.allocate(100);
          select(selector, server, received);
          assertThat(text(received)).isEqualTo("unread " + i);
        }
      }
    }
  },

  SEVERAL_SOCKETS_AND_PEERS {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo first = new Echo(atSomePort(DatagramSocket::new), agent);
          Echo second = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramSocket one = new DatagramSocket();
          DatagramSocket two = new DatagramSocket()) {
        for (DatagramSocket socket : List.of(one, two)) {
          converse(socket, first);
          converse(socket, second);
          converse(socket, first);
        }
      }
    }
  },

  REAL_TRAFFIC_IS_UNTOUCHED {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (Echo echo = new Echo(atSomePort(DatagramSocket::new), agent);
          DatagramSocket socket = new DatagramSocket()) {
        converse(socket, echo);
        SocketAddress real = new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.port());
        try (DatagramSocket stranger = new DatagramSocket()) {
          stranger.setSoTimeout(30_000);
          stranger.send(packet("real", real));
          DatagramPacket received = new DatagramPacket(new byte[100], 100);
          stranger.receive(received);
          assertThat(received.getSocketAddress()).isEqualTo(real);
          assertThat(echo.lastSource().getAddress().isLoopbackAddress()).isTrue();
        }
      }
    }
  },

  NOBODY_THERE {
    @Override
    void run(UdpTestAgent agent) throws IOException {
      try (DatagramSocket socket = new DatagramSocket();
          DatagramChannel channel = DatagramChannel.open()) {
        socket.send(packet("into the void", new InetSocketAddress(agent.nobody, 9)));
        socket.connect(agent.nobody, 9);
        socket.setSoTimeout(30_000);
        assertThatThrownBy(() -> receive(socket)).isInstanceOf(PortUnreachableException.class);
        channel.connect(new InetSocketAddress(agent.self, 9));
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(10)))
            .isInstanceOf(PortUnreachableException.class);
        assertThatThrownBy(
                () -> {
                  channel.write(bytes("again"));
                  channel.read(ByteBuffer.allocate(10));
                })
            .isInstanceOf(PortUnreachableException.class);
      }
    }
  },

  NOTHING_LEAKS {
    @Override
    void run(UdpTestAgent agent) throws Exception {
      openAndClose(agent, 20);
      long before = descriptors();
      openAndClose(agent, 200);
      await(() -> agent.sessions.exposed().isEmpty());
      await(() -> descriptors() <= before + 2);
    }

    private void openAndClose(UdpTestAgent agent, int times) throws IOException {
      for (int i = 0; i < times; i++) {
        try (DatagramSocket server = atSomePort(DatagramSocket::new);
            DatagramSocket socket = new DatagramSocket()) {
          socket.send(packet("hello", new InetSocketAddress(agent.self, server.getLocalPort())));
          if (i % 4 == 0) {
            server.setSoTimeout(30_000);
            receive(server);
          }
        }
      }
    }
  };

  private static final int ROUNDS = 20;

  abstract void run(UdpTestAgent agent) throws Exception;

  /** Runs the scenario that the argument names. */
  public static void main(String[] arguments) {
    try {
      valueOf(arguments[0]).run(UdpTestAgent.running());
      System.exit(0);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void converse(DatagramSocket socket, Echo echo) throws IOException {
    socket.setSoTimeout(30_000);
    for (int i = 0; i < ROUNDS; i++) {
      socket.send(packet("word " + i, echo.virtual()));
      DatagramPacket received = new DatagramPacket(new byte[100], 100);
      socket.receive(received);
      assertThat(text(received)).isEqualTo("word " + i);
      assertThat(received.getSocketAddress()).isEqualTo(echo.virtual());
    }
  }

  /**
   * Slowly enough for the pump to come between: it alone keeps order and control while nobody
   * reads.
   */
  private static void sendSlowly(DatagramSocket socket, int count, SocketAddress target)
      throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      socket.send(packet("unread " + i, target));
      Thread.sleep(5);
    }
  }
}
