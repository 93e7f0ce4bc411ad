package io.bradawl.runtime.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a path leads and how datagrams go there; one object, so that no datagram can be sealed for
 * one path and sent on another. Thread-safe.
 */
interface Way {

  /**
   * Seals if need be.
   *
   * @param datagram stays as it is
   * @param into gets what is to be sent in its place, if anything
   * @return where to send; {@code null} if the datagram has gone already, or is lost since the path
   *     has just ended
   */
  @Nullable InetSocketAddress ready(ByteBuffer datagram, ByteBuffer into);

  /** Seals and sends a datagram that has waited. */
  void send(ByteBuffer datagram, AppDatagramSocket from);

  /** Sends control, while the application closes the socket. */
  void sendLast(ByteBuffer control, AppDatagramSocket from);
}
