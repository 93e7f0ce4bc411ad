package io.bradawl.runtime.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** What look-ups of peers' names and addresses ask. May be called from any thread. */
public interface PeerResolver {

  /**
   * The virtual address of the peer that {@code label} names. May wait for the rendezvous, within
   * bounds.
   *
   * @param label what stands before the suffix; anything the application wrote
   * @throws UnknownHostException with the reason
   */
  InetAddress resolve(String label) throws UnknownHostException;

  /**
   * The host name of a virtual address that has been given out, otherwise {@code null}. Never
   * waits.
   */
  @Nullable String reverse(InetAddress address);
}
