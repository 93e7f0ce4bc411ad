package io.bradawl.agent.config;

import io.bradawl.protocol.turn.TurnUri;
import java.util.List;

/**
 * TURN servers that the user has named, beside what the rendezvous offers.
 *
 * @param servers at least one
 * @param user and {@code password}: a long-term credential, the same for all of them
 */
public record TurnConfig(List<TurnUri> servers, String user, String password) {

  public TurnConfig {
    servers = List.copyOf(servers);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "TurnConfig[" + user + ", " + servers + "]";
  }
}
