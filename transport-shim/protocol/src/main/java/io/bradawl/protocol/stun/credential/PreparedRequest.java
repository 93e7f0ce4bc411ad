package io.bradawl.protocol.stun.credential;

import io.bradawl.protocol.stun.Integrity;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A request as {@link LongTermClient} made it.
 *
 * @param integrity proves it, and the response; {@code null} if it carries no credentials
 * @param challenge which it answers, or {@code null}
 */
public record PreparedRequest(
    StunMessage message, @Nullable Integrity integrity, @Nullable Challenge challenge) {

  /** Fresh octets, ready to be read. */
  public ByteBuffer encode(boolean fingerprint) {
    return integrity == null
        ? StunEncoder.encode(message, null, fingerprint)
        : StunEncoder.encodeProven(message, integrity, fingerprint);
  }
}
