package io.bradawl.runtime.turn;

import io.bradawl.protocol.turn.TurnUri;
import io.bradawl.protocol.turn.client.TurnAccount;
import java.util.List;

/**
 * TURN servers that the user has named.
 *
 * @param account the same for all of them
 */
public record ConfiguredTurn(List<TurnUri> servers, TurnAccount account) {

  public ConfiguredTurn {
    servers = List.copyOf(servers);
  }
}
