package io.bradawl.rendezvous.stun;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Software;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.UnknownAttributes;
import io.bradawl.protocol.stun.XorMappedAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Binding usage (RFC 8489 section 2) over connections, where the source of a request is proven.
 *
 * @param software what the server says of itself; {@code null} to say nothing
 */
public record BindingResponder(@Nullable Software software) {

  /** One that says nothing of itself. */
  public static final BindingResponder TACITURN = new BindingResponder(null);

  public static boolean isBinding(StunMessage message) {
    return message.method() == StunMethod.BINDING;
  }

  /** The response to a Binding request; {@code null} if {@code message} asks for none. */
  public @Nullable StunMessage answer(StunMessage message, TransportAddress source) {
    if (!message.is(StunClass.REQUEST, StunMethod.BINDING)) {
      return null;
    }
    StunMessage answer = bare(message, source, Set.of());
    return software == null ? answer : answer.plus(software);
  }

  /** What a response must hold, and nothing more. */
  static StunMessage bare(StunMessage request, TransportAddress source, Set<Integer> understood) {
    List<Integer> unknown = request.notUnderstood(understood);
    return unknown.isEmpty()
        ? request.success(new XorMappedAddress(source))
        : request.error(
            new ErrorCode(ErrorCode.UNKNOWN_ATTRIBUTE, ""), new UnknownAttributes(unknown));
  }
}
