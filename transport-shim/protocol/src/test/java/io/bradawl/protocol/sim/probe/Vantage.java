package io.bradawl.protocol.sim.probe;

import io.bradawl.protocol.address.TransportAddress;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A host on which a probe opens sockets. */
public interface Vantage {

  /** SYNs to this port of an outside host get lost before its stack sees them, and to the next. */
  int DEAF_PORT = 9300;

  InetAddress ip();

  /** Binds a UDP socket. */
  Datagrams udp(int port);

  /**
   * Sends a datagram from a socket of its own and waits.
   *
   * @return whether an ICMP error came back
   */
  boolean isToldUnreachable(int port, TransportAddress to, Duration wait);

  /** A TCP port from which one can connect and on which one can listen at the same time. */
  Connections tcp(int port);

  /** A UDP socket. */
  interface Datagrams extends AutoCloseable {

    /**
     * @param tag its content
     */
    void send(TransportAddress to, int tag);

    /** The next datagram, if one comes in time. */
    @Nullable Heard receive(Duration wait);

    @Override
    void close();
  }

  record Heard(TransportAddress from, int tag) {}

  /** What goes by one TCP port. */
  interface Connections extends AutoCloseable {

    void listen();

    /** Begins to connect. */
    Attempt connect(TransportAddress remote);

    /** From where the next connection has come, if one comes in time. */
    @Nullable TransportAddress accept(Duration wait);

    /** Closes the port and all that goes by it. */
    @Override
    void close();
  }

  interface Attempt {

    /** What has become of it, or becomes of it in this time. */
    Reaction await(Duration wait);
  }

  /** How an attempt to connect ends. */
  enum Reaction {
    CONNECTED("connected"),
    /** By RST, or by ICMP from a host where nobody listens. */
    REFUSED("refused"),
    /** By another ICMP error. */
    PROHIBITED("prohibited"),
    SILENCE("silence");

    private final String text;

    Reaction(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
