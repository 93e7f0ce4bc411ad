package io.bradawl.protocol.turn;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.stun.ReservationToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an Allocate request asks for, after all checks (RFC 8656 section 7.2).
 *
 * @param transport how peers shall be reached
 * @param families of the relayed addresses, {@link io.bradawl.protocol.stun.AddressFamily}; of two
 *     the second may be missing in the end
 * @param even whether the port must be even
 * @param reserveNext whether the next port shall be kept for later
 * @param token stands for a port that was kept, or {@code null}
 */
public record Wish<C>(
    TurnInput.Request<C> request,
    Transport transport,
    List<Integer> families,
    boolean even,
    boolean reserveNext,
    @Nullable ReservationToken token) {

  public Wish {
    families = List.copyOf(families);
  }
}
