package io.bradawl.agent.hook.tcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What two programs see of a connection between them, whatever it is made of. */
enum TcpStory {
  HALF_CLOSE {
    @Override
    void tell(Socket client, Socket server, List<Object> seen) throws IOException {
      client.getOutputStream().write(new byte[1_000]);
      client.shutdownOutput();
      seen.add(server.getInputStream().readAllBytes().length);
      server.getOutputStream().write(new byte[70_000]);
      server.close();
      seen.add(client.getInputStream().readAllBytes().length);
      seen.add(client.isOutputShutdown());
    }
  },

  AVAILABLE {
    @Override
    void tell(Socket client, Socket server, List<Object> seen) throws Exception {
      seen.add(server.getInputStream().available());
      client.getOutputStream().write(new byte[300]);
      TcpScenario.await(() -> server.getInputStream().available() == 300);
      server.getInputStream().readNBytes(100);
      seen.add(server.getInputStream().available());
    }
  },

  READ_TIMES_OUT {
    @Override
    void tell(Socket client, Socket server, List<Object> seen) throws IOException {
      client.setSoTimeout(50);
      try {
        seen.add(client.getInputStream().read());
      } catch (SocketTimeoutException e) {
        seen.add(e.getMessage());
      }
      server.getOutputStream().write(7);
      client.setSoTimeout(Dial.PATIENCE_MILLIS);
      seen.add(client.getInputStream().read());
    }
  },

  LINGER_DELIVERS {
    @Override
    void tell(Socket client, Socket server, List<Object> seen) throws IOException {
      client.setSoLinger(true, 5);
      client.getOutputStream().write(new byte[30_000]);
      client.close();
      seen.add(server.getInputStream().readAllBytes().length);
      seen.add(client.isClosed());
    }
  },

  RESET {
    @Override
    void tell(Socket client, Socket server, List<Object> seen) throws IOException {
      client.getOutputStream().write(new byte[500]);
      seen.add(server.getInputStream().readNBytes(500).length);
      client.setSoLinger(true, 0);
      client.close();
      try {
        seen.add(server.getInputStream().read());
      } catch (IOException e) {
        seen.add(e.toString());
      }
    }
  },

  CLOSE_WITH_UNREAD_DATA {
    @Override
    void tell(Socket client, Socket server, List<Object> seen) throws Exception {
      server.getOutputStream().write(new byte[10]);
      TcpScenario.await(() -> client.getInputStream().available() == 10);
      client.close();
      try {
        seen.add(server.getInputStream().read());
      } catch (IOException e) {
        seen.add(e.toString());
      }
    }
  },

  TRANSFER_TO_AND_FROM_A_FILE {
    @Override
    void tell(Socket client, Socket server, List<Object> seen) throws IOException {
      Path file = Files.createTempFile("story", ".bin");
      Files.write(file, new byte[50_000]);
      try (FileChannel from = FileChannel.open(file)) {
        seen.add(from.transferTo(0, 50_000, client.getChannel()));
      }
      client.shutdownOutput();
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      seen.add(server.getInputStream().transferTo(received));
      server.getOutputStream().write(received.toByteArray());
      server.shutdownOutput();
      try (FileChannel into = FileChannel.open(file, StandardOpenOption.WRITE)) {
        seen.add(into.transferFrom(client.getChannel(), 0, 10_000));
      }
      ByteBuffer rest = ByteBuffer.allocate(40_001);
      while (client.getChannel().read(rest) >= 0) {
        continue;
      }
      seen.add(rest.position());
      Files.delete(file);
    }
  },

  NO_DELAY_AND_KEEP_ALIVE {
    @Override
    void tell(Socket client, Socket server, List<Object> seen) throws IOException {
      server.setTcpNoDelay(true);
      server.setKeepAlive(true);
      seen.add(server.getTcpNoDelay());
      seen.add(server.getKeepAlive());
      seen.add(client.getTcpNoDelay());
      seen.add(client.getKeepAlive());
      seen.add(client.getSoLinger());
      seen.add(server.getSoLinger());
    }
  };

  abstract void tell(Socket client, Socket server, List<Object> seen) throws Exception;

  /** Lets it happen between a client and a server that is reached at {@code host}. */
  final List<Object> between(InetAddress host) throws Exception {
    List<Object> seen = new ArrayList<>();
    try (ServerSocket listener = new ServerSocket(0)) {
      Background<Socket> accepting = Background.start(listener::accept);
      InetSocketAddress to = new InetSocketAddress(host, listener.getLocalPort());
      try (SocketChannel client = SocketChannel.open(to);
          Socket server = accepting.result()) {
        server.setSoTimeout(Dial.PATIENCE_MILLIS);
        tell(client.socket(), server, seen);
      }
    }
    return seen;
  }
}
