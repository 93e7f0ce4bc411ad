package io.bradawl.runtime.session;

import io.bradawl.protocol.noise.SessionKeys;
import io.bradawl.protocol.path.PathSession;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.signal.Security;

/**
 * What offer and answer have settled.
 *
 * @param with the process at the other end
 * @param port 1 to 65535, the port of its socket
 * @param security what the application's data is given, the same at both ends
 * @param path what a path machine starts with
 * @param keys for the data; those of the checks are in {@code path} already
 */
public record AgreedSession(
    PeerInstance with, int port, Security security, PathSession path, SessionKeys keys) {

  /** Nobody needs the session any more: wipes all its keys. */
  public void wipe() {
    keys.close();
    path.keys().wipe();
  }
}
