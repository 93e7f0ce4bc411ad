package io.bradawl.protocol.stun;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A STUN message (RFC 8489 section 5).
 *
 * <p>A decoded message shows only what may be acted upon: a FINGERPRINT that is there was right,
 * and attributes that stand behind the integrity attributes, where anybody could have added them,
 * are left out.
 *
 * @param method 0 to 0xFFF
 * @param attributes in order of appearance
 */
public record StunMessage(
    StunClass messageClass, int method, TransactionId transaction, List<StunAttribute> attributes) {

  public StunMessage {
    if (method < 0 || method > StunMethod.MAX) {
      throw new IllegalArgumentException("STUN method " + method + " is outside 0..0xFFF");
    }
    attributes = List.copyOf(attributes);
  }

  public static StunMessage request(
      int method, TransactionId transaction, StunAttribute... attributes) {
    return new StunMessage(StunClass.REQUEST, method, transaction, List.of(attributes));
  }

  public static StunMessage indication(
      int method, TransactionId transaction, StunAttribute... attributes) {
    return new StunMessage(StunClass.INDICATION, method, transaction, List.of(attributes));
  }

  /** The success response to this request. */
  public StunMessage success(StunAttribute... attributes) {
    return new StunMessage(StunClass.SUCCESS, method, transaction, List.of(attributes));
  }

  /** The error response to this request. */
  public StunMessage error(ErrorCode code, StunAttribute... attributes) {
    return new StunMessage(StunClass.ERROR, method, transaction, List.of(code)).plus(attributes);
  }

  /** The same message with more attributes at its end. */
  public StunMessage plus(StunAttribute... more) {
    List<StunAttribute> all = new ArrayList<>(attributes);
    all.addAll(List.of(more));
    return new StunMessage(messageClass, method, transaction, all);
  }

  /** Whether class and method are these. */
  public boolean is(StunClass messageClass, int method) {
    return this.messageClass == messageClass && this.method == method;
  }

  /**
   * The first attribute of a kind (RFC 8489 section 14: later ones are ignored), or {@code null}.
   */
  public <A extends StunAttribute> @Nullable A first(Class<A> kind) {
    for (StunAttribute attribute : attributes) {
      if (kind.isInstance(attribute)) {
        return kind.cast(attribute);
      }
    }
    return null;
  }

  /** The first uninterpreted attribute of a type, or {@code null}. */
  public @Nullable RawAttribute firstRaw(int type) {
    for (StunAttribute attribute : attributes) {
      if (attribute instanceof RawAttribute raw && raw.type() == type) {
        return raw;
      }
    }
    return null;
  }

  /** Whether an attribute of that kind is there. */
  public boolean has(Class<? extends StunAttribute> kind) {
    return first(kind) != null;
  }

  /** Whether the message carries a MESSAGE-INTEGRITY-SHA256 that was made with {@code key}. */
  public boolean provenBy(IntegrityKey key) {
    MessageIntegritySha256 integrity = first(MessageIntegritySha256.class);
    return integrity != null && integrity.provenBy(key);
  }

  /**
   * The comprehension-required types for which error 420 is due (RFC 8489 section 6.3), each once.
   *
   * @param understood the types that the caller processes, beside those of RFC 8489
   */
  public List<Integer> notUnderstood(Set<Integer> understood) {
    return attributes.stream()
        .map(StunAttribute::type)
        .filter(AttributeType::isComprehensionRequired)
        .filter(type -> !AttributeType.RFC_8489.contains(type) && !understood.contains(type))
        .distinct()
        .toList();
  }
}
