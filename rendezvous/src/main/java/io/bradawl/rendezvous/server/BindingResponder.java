package io.bradawl.rendezvous.server;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.UnknownAttributes;
import io.bradawl.protocol.stun.XorMappedAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Binding usage (RFC 8489 section 2). A response holds the mapped address and nothing that was
 * not asked for: the source of a datagram is unproven, and whoever forges it must not gain by the
 * answer.
 */
final class BindingResponder {

  private BindingResponder() {}

  static boolean isBinding(StunMessage message) {
    return message.method() == StunMethod.BINDING;
  }

  /** The response to a Binding request; {@code null} if {@code message} asks for none. */
  static @Nullable StunMessage answer(StunMessage message, TransportAddress source) {
    if (!message.is(StunClass.REQUEST, StunMethod.BINDING)) {
      return null;
    }
    List<Integer> unknown = message.notUnderstood(Set.of());
    return unknown.isEmpty()
        ? message.success(new XorMappedAddress(source))
        : message.error(
            new ErrorCode(ErrorCode.UNKNOWN_ATTRIBUTE, ""), new UnknownAttributes(unknown));
  }
}
