package io.bradawl.runtime.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket of the application, as the agent's hooks offer it. Safe from any thread; nothing
 * here waits.
 */
public interface AppDatagramSocket {

  /**
   * Sends a datagram to a real address, past the hooks.
   *
   * @return false if the socket is closed or the datagram cannot be sent now
   */
  boolean send(ByteBuffer datagram, InetSocketAddress to);

  /** As {@link #send}, while the application closes the socket. */
  void sendLast(ByteBuffer datagram, InetSocketAddress to);

  /** Where the socket is bound; {@code null} once it is closed. */
  @Nullable InetSocketAddress local();

  boolean isOpen();

  /** Whether it can send to IPv6 addresses. */
  boolean isIpv6();

  /** How many times the application has tried to receive; wraps around. */
  int reads();

  /**
   * Takes up to {@code most} datagrams from the kernel on the application's behalf, unless it is in
   * a receive call: control comes to {@link UdpSocket#control}, data waits for the application.
   */
  void pump(int most);

  /**
   * Lets the application receive a datagram that came another way than by this socket.
   *
   * @param source the virtual address that it sees
   */
  void deliver(ByteBuffer datagram, InetSocketAddress source);

  /**
   * If the socket is connected to that peer, its next call fails as after an ICMP "port
   * unreachable".
   */
  void unreachable(InetSocketAddress virtual);
}
