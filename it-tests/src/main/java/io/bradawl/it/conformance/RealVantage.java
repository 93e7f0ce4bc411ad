package io.bradawl.it.conformance;

import io.bradawl.it.lab.Host;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.probe.Vantage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A host of the laboratory, whose sockets this process holds. */
final class RealVantage implements Vantage {

  private final Host host;

  RealVantage(Host host) {
    this.host = host;
  }

  static InetAddress ip(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal + " is no address", e);
    }
  }

  static InetSocketAddress address(TransportAddress address) {
    return new InetSocketAddress(address.ip(), address.port());
  }

  @Override
  public InetAddress ip() {
    return ip(host.address());
  }

  @Override
  public Datagrams udp(int port) {
    return new Socket(bound(port));
  }

  @Override
  public boolean isToldUnreachable(int port, TransportAddress to, Duration wait) {
    try (DatagramChannel channel = bound(port)) {
      channel.connect(address(to));
      channel.socket().send(new DatagramPacket(new byte[2], 2));
      return fails(channel, wait);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kernel tells a connected socket of ICMP errors by failing its next call. */
  private static boolean fails(DatagramChannel channel, Duration wait) {
    try {
      channel.socket().setSoTimeout((int) wait.toMillis());
      channel.socket().receive(new DatagramPacket(new byte[2], 2));
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public Connections tcp(int port) {
    return new RealConnections(host, port);
  }

  private DatagramChannel bound(int port) {
    return host.open(
        () -> DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress(port)));
  }

  /** One bound UDP socket. */
  private record Socket(DatagramChannel channel) implements Datagrams {

    @Override
    public void send(TransportAddress to, int tag) {
      byte[] content = {(byte) (tag >> 8), (byte) tag};
      try {
        channel.socket().send(new DatagramPacket(content, content.length, address(to)));
      } catch (IOException e) {
        throw new UncheckedIOException("to " + to, e);
      }
    }

    @Override
    public @Nullable Heard receive(Duration wait) {
      DatagramPacket packet = new DatagramPacket(new byte[2], 2);
      try {
        channel.socket().setSoTimeout((int) Math.max(1, wait.toMillis()));
        channel.socket().receive(packet);
      } catch (SocketTimeoutException e) {
        return null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      byte[] content = packet.getData();
      int tag = (content[0] & 0xFF) << 8 | content[1] & 0xFF;
      return new Heard(new TransportAddress(packet.getAddress(), packet.getPort()), tag);
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
