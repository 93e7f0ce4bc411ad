package io.bradawl.protocol.path;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.ProvenMessage.Kind;
import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.stun.Data;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.UseCandidate;
import io.bradawl.protocol.stun.Username;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes one side's control messages and verifies the other side's. Every message, responses too,
 * carries USERNAME {@code <session id in hex>:<o|a>} (who speaks) and MESSAGE-INTEGRITY-SHA256 (RFC
 * 8489 section 14.6) under the speaker's key of the {@link ProofKeys}. Thread-safe.
 *
 * <p>For a UDP driver: {@link #sessionOf} tells which session a datagram claims; the {@code Proof}
 * of that session {@link #verify verifies} it; what does not verify is the application's.
 */
public final class Proof {

  /**
   * A control message is never longer; drivers need not buffer more. Links that carry less in one
   * piece are of no use to QUIC either (RFC 9000 section 14).
   */
  public static final int MAX_MESSAGE_LENGTH = 1200;

  /**
   * Octets of what a TCP connection begins with: header, USERNAME, MESSAGE-INTEGRITY-SHA256,
   * FINGERPRINT.
   */
  public static final int FIRST_LENGTH = StunHeader.LENGTH + 40 + 36 + 8;

  /** Octets of data that fit into a check, even one that goes by a channel of a relay. */
  public static final int MAX_DATA = MAX_MESSAGE_LENGTH - FIRST_LENGTH - 8;

  private static final Pattern USERNAME = Pattern.compile("([0-9a-f]{16})([0-9a-f]{16}):[oa]");

  private final ProofKeys keys;
  private final Role own;
  private final Username ownName;
  private final String otherName;

  Proof(SessionId session, Role own, ProofKeys keys) {
    this.keys = keys;
    this.own = own;
    this.ownName = new Username(name(session, own));
    this.otherName = name(session, own.other());
  }

  /**
   * The session that a datagram or message claims, proven or not; {@code null} if it is no control
   * message. What is not STUN at all is told apart without allocation.
   */
  public static @Nullable SessionId sessionOf(ByteBuffer message) {
    StunMessage stun = decode(message);
    Username username = stun == null ? null : stun.first(Username.class);
    return username == null ? null : sessionOf(username.name());
  }

  /**
   * Verifies a message of the other side.
   *
   * @param message the whole datagram or framed message; its position stays where it is
   * @return {@code null} if it is malformed, of another session, of our own side, or fails the
   *     integrity check
   */
  public @Nullable ProvenMessage verify(ByteBuffer message) {
    StunMessage stun = decode(message);
    if (stun == null || !isOfOtherSide(stun) || !stun.provenBy(keys.of(own.other()))) {
      return null;
    }
    Kind kind = kind(stun);
    return kind == null
        ? null
        : new ProvenMessage(kind, stun.transaction(), stun.has(UseCandidate.class), data(stun));
  }

  /**
   * Whether this side made the message itself: it was sent back by whoever got it, as an echo
   * server at a wrong address does.
   */
  public boolean isOwn(ByteBuffer message) {
    StunMessage stun = decode(message);
    Username username = stun == null ? null : stun.first(Username.class);
    return stun != null && ownName.equals(username) && stun.provenBy(keys.of(own));
  }

  /** A connectivity check or consent check: Binding request. */
  public Octets request(TransactionId transaction, boolean nominate) {
    return seal(StunMessage.request(StunMethod.BINDING, transaction, attributes(nominate)));
  }

  /**
   * A check that brings a datagram along.
   *
   * @param data sealed, at most {@link #MAX_DATA} octets
   */
  public Octets request(TransactionId transaction, Octets data) {
    return seal(StunMessage.request(StunMethod.BINDING, transaction, ownName, new Data(data)));
  }

  /** The success response to a check that came from {@code mapped}. */
  public Octets response(TransactionId transaction, TransportAddress mapped) {
    StunMessage request = StunMessage.request(StunMethod.BINDING, transaction);
    return seal(request.success(ownName, new XorMappedAddress(mapped)));
  }

  /** What a TCP connection begins with: Binding indication. */
  public Octets indication(TransactionId transaction, boolean nominate) {
    return seal(StunMessage.indication(StunMethod.BINDING, transaction, attributes(nominate)));
  }

  /** Ends a UDP path: Binding indication, sent once, so the other side must not rely on it. */
  public Octets farewell(TransactionId transaction) {
    return indication(transaction, false);
  }

  /** Wipes the keys: from now on nothing is proven, and what is made proves nothing. */
  public void end() {
    keys.wipe();
  }

  private StunAttribute[] attributes(boolean nominate) {
    return nominate
        ? new StunAttribute[] {ownName, new UseCandidate()}
        : new StunAttribute[] {ownName};
  }

  private Octets seal(StunMessage message) {
    return Octets.copyOf(StunEncoder.encodeProven(message, keys.of(own)));
  }

  private boolean isOfOtherSide(StunMessage message) {
    Username username = message.first(Username.class);
    return username != null
        && username.name().equals(otherName)
        && message.method() == StunMethod.BINDING;
  }

  private static @Nullable Octets data(StunMessage message) {
    Data data = message.first(Data.class);
    return data == null ? null : data.octets();
  }

  private static @Nullable Kind kind(StunMessage message) {
    return switch (message.messageClass()) {
      case REQUEST -> Kind.REQUEST;
      case INDICATION -> Kind.INDICATION;
      case SUCCESS -> Kind.RESPONSE;
      case ERROR -> null;
    };
  }

  private static @Nullable StunMessage decode(ByteBuffer message) {
    if (message.remaining() > MAX_MESSAGE_LENGTH || !StunHeader.looksLikeStun(message)) {
      return null;
    }
    try {
      return StunDecoder.decode(message);
    } catch (WireFormatException notOurs) {
      // An application's own datagram, or noise: nothing that a peer of ours would send.
      return null;
    }
  }

  private static String name(SessionId session, Role speaker) {
    return session + ":" + speaker.letter();
  }

  private static @Nullable SessionId sessionOf(String username) {
    Matcher matcher = USERNAME.matcher(username);
    return matcher.matches()
        ? new SessionId(
            Long.parseUnsignedLong(matcher.group(1), 16),
            Long.parseUnsignedLong(matcher.group(2), 16))
        : null;
  }
}
