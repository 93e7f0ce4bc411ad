package io.bradawl.rendezvous.stun;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.AttributeType;
import io.bradawl.protocol.stun.ChangeRequest;
import io.bradawl.protocol.stun.ClassicBinding;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Fingerprint;
import io.bradawl.protocol.stun.MappedAddress;
import io.bradawl.protocol.stun.OtherAddress;
import io.bradawl.protocol.stun.Padding;
import io.bradawl.protocol.stun.ResponseOrigin;
import io.bradawl.protocol.stun.ResponsePort;
import io.bradawl.protocol.stun.Software;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Binding usage over UDP (RFC 8489 section 2, RFC 5780 section 6). The source of a datagram is
 * unproven, and whoever forges it must not gain by the answer. So an answer holds the mapped
 * address; what a client needs to find out how its NAT behaves, within a rate; and all else only as
 * far as the answer stays no longer than the request.
 */
public final class DatagramResponder {

  private static final int ATTRIBUTE_HEADER = 4;
  private static final int FINGERPRINT = 8;
  private static final ChangeRequest NO_CHANGE = new ChangeRequest(false, false);

  private final @Nullable TwoAddresses addresses;
  private final @Nullable Software software;

  /**
   * @param addresses for behaviour discovery; {@code null} without it
   * @param software what the server says of itself; {@code null} to say nothing
   */
  public DatagramResponder(@Nullable TwoAddresses addresses, @Nullable Software software) {
    this.addresses = addresses;
    this.software = software;
  }

  /** Whether clients can find out how their NAT behaves. */
  boolean discovers() {
    return addresses != null;
  }

  /**
   * What to send in answer to {@code request}; {@code null} if that is nothing.
   *
   * @param size octets of the request
   * @param at where it came in
   * @param discovery whether its source may ask for behaviour discovery just now
   */
  @Nullable BindingAnswer answer(
      StunMessage request, int size, TransportAddress source, Seat at, boolean discovery) {
    if (!request.is(StunClass.REQUEST, StunMethod.BINDING)) {
      return null;
    }
    if (addresses == null || !discovery) {
      StunMessage answer = BindingResponder.bare(request, source, Set.of());
      return sent(fitting(answer, request, size), request, at, source);
    }
    return discover(request, size, source, at, addresses);
  }

  /** The same for a request of RFC 3489, which is not told errors. */
  @Nullable BindingAnswer answer(
      ClassicBinding request, TransportAddress source, Seat at, boolean discovery) {
    Seat from = at.changed(request.change());
    if (addresses == null || !discovery) {
      return from.equals(at)
          ? new BindingAnswer(request.answer(source, null, null), at, source)
          : null;
    }
    return new BindingAnswer(
        request.answer(source, addresses.at(from), addresses.at(at.opposite())), from, source);
  }

  private BindingAnswer discover(
      StunMessage request, int size, TransportAddress source, Seat at, TwoAddresses own) {
    StunMessage bare = BindingResponder.bare(request, source, AttributeType.RFC_5780);
    ResponsePort port = request.first(ResponsePort.class);
    if (bare.messageClass() == StunClass.ERROR) {
      return sent(bare, request, at, source);
    }
    if (port != null && (port.port() == 0 || request.has(Padding.class))) {
      return sent(request.error(new ErrorCode(ErrorCode.BAD_REQUEST, "")), request, at, source);
    }
    ChangeRequest change = request.first(ChangeRequest.class);
    Seat from = at.changed(change == null ? NO_CHANGE : change);
    StunMessage answer =
        bare.plus(new ResponseOrigin(own.at(from)), new OtherAddress(own.at(at.opposite())));
    answer = fitting(answer, request, size, new MappedAddress(source));
    answer = fitting(answer, request, size);
    TransportAddress to = port == null ? source : new TransportAddress(source.ip(), port.port());
    return sent(padded(answer, request, size), request, from, to);
  }

  private StunMessage fitting(StunMessage answer, StunMessage request, int size) {
    return software == null ? answer : fitting(answer, request, size, software);
  }

  /** With {@code more} if the answer is no longer than the request even so. */
  private static StunMessage fitting(
      StunMessage answer, StunMessage request, int size, StunAttribute more) {
    StunMessage longer = answer.plus(more);
    return left(longer, request, size) >= 0 ? longer : answer;
  }

  /** As long as the request, if that is padded (RFC 5780 section 7.6). */
  private static StunMessage padded(StunMessage answer, StunMessage request, int size) {
    int room = left(answer, request, size) - ATTRIBUTE_HEADER;
    return request.has(Padding.class) && room >= 0 ? answer.plus(new Padding(room)) : answer;
  }

  private static int left(StunMessage answer, StunMessage request, int size) {
    return size - StunEncoder.encodedLength(answer) - (fingerprinted(request) ? FINGERPRINT : 0);
  }

  private static boolean fingerprinted(StunMessage request) {
    return request.has(Fingerprint.class);
  }

  /** With FINGERPRINT if the request had one (RFC 8489 section 6.3.1). */
  private static BindingAnswer sent(
      StunMessage answer, StunMessage request, Seat from, TransportAddress to) {
    return new BindingAnswer(StunEncoder.encode(answer, null, fingerprinted(request)), from, to);
  }
}
