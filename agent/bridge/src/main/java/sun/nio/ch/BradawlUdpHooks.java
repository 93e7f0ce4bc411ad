package sun.nio.ch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * What the agent decides about the application's UDP sockets. Called on the application's threads,
 * often with locks of the channel held, so nothing here may wait.
 *
 * <p>Source addresses come as 128 bits in network order, IPv4 ones in their v4-mapped form (RFC
 * 4291 section 2.5.5.2).
 */
public interface BradawlUdpHooks {

  /** What {@link #source} answers for a datagram that the application must not see. */
  InetSocketAddress REJECTED = InetSocketAddress.createUnresolved("rejected", 0);

  /**
   * Whether a socket that the application binds to this address and explicit port is of interest
   * from now on.
   */
  boolean serves(InetAddress ip, int port);

  /** Such a socket has been bound to that port. */
  void bound(BradawlUdpSocket socket, int port);

  /**
   * Whether an address of the virtual range belongs to a peer; the kernel gets those that do not.
   */
  boolean isPeer(InetAddress ip);

  /** The application has connected the socket to a peer. */
  void connected(BradawlUdpSocket socket, InetSocketAddress target);

  /** How much longer than the application's a datagram can be on its way. Always the same. */
  int sealRoom();

  /**
   * Where a datagram to a virtual address goes.
   *
   * @param datagram stays as it is
   * @param into with room for {@link #sealRoom} octets more than the datagram has; what is put
   *     there is sent in its place
   * @return the address for the kernel; {@code null} if the datagram has been dealt with (it waits
   *     for a path, or was dropped); {@code target} itself if the address is no peer's
   */
  InetSocketAddress route(
      BradawlUdpSocket socket, InetSocketAddress target, ByteBuffer datagram, ByteBuffer into)
      throws IOException;

  /**
   * Whether a datagram with the outer form of STUN is the agent's own, in which case the
   * application does not see it.
   */
  boolean control(BradawlUdpSocket socket, ByteBuffer datagram, long ipHigh, long ipLow, int port);

  /**
   * The virtual address of the peer that sends from there.
   *
   * @param datagram what remains in it then is what the application gets
   * @return {@code null} to leave the source as it is, or {@link #REJECTED}
   */
  InetSocketAddress source(
      BradawlUdpSocket socket, ByteBuffer datagram, long ipHigh, long ipLow, int port);

  /**
   * The application is about to close the socket; {@link BradawlUdpSocket#sendLast} still works.
   */
  void closing(BradawlUdpSocket socket);

  /** The socket is being closed, or was lost to the garbage collector. */
  void closed(BradawlUdpSocket socket);
}
