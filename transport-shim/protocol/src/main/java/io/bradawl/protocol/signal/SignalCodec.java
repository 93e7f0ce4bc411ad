package io.bradawl.protocol.signal;

import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.realm.AccessChallenge;
import io.bradawl.protocol.signal.Signal.Answer;
import io.bradawl.protocol.signal.Signal.Challenged;
import io.bradawl.protocol.signal.Signal.Found;
import io.bradawl.protocol.signal.Signal.Indication;
import io.bradawl.protocol.signal.Signal.Lookup;
import io.bradawl.protocol.signal.Signal.Move;
import io.bradawl.protocol.signal.Signal.Offer;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.signal.Signal.Refusal;
import io.bradawl.protocol.signal.Signal.Register;
import io.bradawl.protocol.signal.Signal.Registered;
import io.bradawl.protocol.signal.Signal.Rejected;
import io.bradawl.protocol.signal.Signal.Request;
import io.bradawl.protocol.signal.Signal.Response;
import io.bradawl.protocol.signal.Signal.Withdrawal;
import io.bradawl.protocol.stun.AttributeType;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Lifetime;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.wire.WireFormatException;
import java.util.HashSet;
import java.util.Set;

/** Signals to STUN messages and back; docs/protocol.md lists methods and attributes. */
public final class SignalCodec {

  /**
   * Octets of the largest message on a signalling connection; both ends close it upon a larger one.
   */
  public static final int MAX_MESSAGE = 4096;

  public static final int MAX_SERVICES = 256;

  /** Octets of the largest path description. */
  public static final int MAX_DESCRIPTION = 2048;

  /** Characters of the longest explanation that is sent; longer ones are cut. */
  public static final int MAX_TEXT = 200;

  static final int PROTOCOL_TCP = 6;
  static final int PROTOCOL_UDP = 17;

  private static final Set<Integer> UNDERSTOOD = understood();

  private SignalCodec() {}

  /** The STUN request. */
  public static StunMessage encode(Request request, TransactionId transaction) {
    return request.match(
        register -> message(StunClass.REQUEST, SignalMethod.REGISTER, transaction, write(register)),
        lookup -> message(StunClass.REQUEST, SignalMethod.LOOKUP, transaction, write(lookup)));
  }

  /** The STUN indication. */
  public static StunMessage encode(Indication indication, TransactionId transaction) {
    return indication.match(
        offer -> message(StunClass.INDICATION, SignalMethod.OFFER, transaction, write(offer)),
        answer -> message(StunClass.INDICATION, SignalMethod.ANSWER, transaction, write(answer)),
        refusal -> message(StunClass.INDICATION, SignalMethod.REFUSAL, transaction, write(refusal)),
        withdrawal ->
            message(StunClass.INDICATION, SignalMethod.WITHDRAWAL, transaction, write(withdrawal)));
  }

  /** The STUN indication. */
  public static StunMessage encode(Move move, TransactionId transaction) {
    return message(StunClass.INDICATION, SignalMethod.MOVE, transaction, write(move));
  }

  /** The STUN response to {@code request}. */
  public static StunMessage respond(StunMessage request, Response response) {
    return response.match(
        registered ->
            request
                .success(
                    new XorMappedAddress(registered.observed()),
                    new Lifetime(registered.lifetime().toSeconds()))
                .plus(
                    new AttributeWriter()
                        .relay(registered.relay())
                        .attributes()
                        .toArray(StunAttribute[]::new)),
        challenged ->
            request
                .error(new ErrorCode(Reason.NOT_PROVEN.code(), "show who you are"))
                .plus(write(challenged).attributes().toArray(StunAttribute[]::new)),
        found -> message(StunClass.SUCCESS, request.method(), request.transaction(), write(found)),
        rejected -> request.error(new ErrorCode(rejected.reason().code(), cut(rejected.text()))));
  }

  /**
   * Reads a signal.
   *
   * @throws SignalFormatException if the message is none; {@link SignalFormatException#answerTo} is
   *     due if it was a request
   */
  public static Signal decode(StunMessage message) throws SignalFormatException {
    var unknown = message.notUnderstood(UNDERSTOOD);
    if (!unknown.isEmpty()) {
      throw SignalFormatException.unknownAttributes(unknown);
    }
    try {
      AttributeReader reader = new AttributeReader(message);
      return switch (message.messageClass()) {
        case REQUEST -> request(message.method(), reader);
        case INDICATION -> indication(message.method(), reader);
        case SUCCESS -> success(message.method(), reader);
        case ERROR -> error(reader);
      };
    } catch (WireFormatException e) {
      throw new SignalFormatException(Reason.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static Signal request(int method, AttributeReader reader)
      throws SignalFormatException, WireFormatException {
    reader.requireVersion();
    return switch (method) {
      case SignalMethod.REGISTER -> register(reader);
      case SignalMethod.LOOKUP -> new Lookup(reader.peer(), reader.optionalService());
      default -> throw unknownMethod("request", method);
    };
  }

  private static Signal indication(int method, AttributeReader reader)
      throws SignalFormatException, WireFormatException {
    reader.requireVersion();
    return switch (method) {
      case SignalMethod.OFFER ->
          new Offer(
              reader.session(),
              reader.instance(SignalAttribute.SENDER),
              reader.peer(),
              reader.service(),
              reader.description());
      case SignalMethod.ANSWER ->
          new Answer(
              reader.session(),
              reader.instance(SignalAttribute.SENDER),
              reader.instance(SignalAttribute.RECIPIENT),
              reader.description());
      case SignalMethod.REFUSAL ->
          new Refusal(
              reader.session(),
              reader.instance(SignalAttribute.RECIPIENT),
              reader.reason(),
              reader.text());
      case SignalMethod.WITHDRAWAL ->
          new Withdrawal(reader.session(), reader.instance(SignalAttribute.SENDER), reader.peer());
      case SignalMethod.MOVE -> new Move(reader.standard(Lifetime.class, "LIFETIME").duration());
      default -> throw unknownMethod("indication", method);
    };
  }

  private static Signal success(int method, AttributeReader reader)
      throws SignalFormatException, WireFormatException {
    return switch (method) {
      case SignalMethod.REGISTER ->
          new Registered(
              reader.standard(XorMappedAddress.class, "XOR-MAPPED-ADDRESS").address(),
              reader.standard(Lifetime.class, "LIFETIME").duration(),
              reader.relay());
      case SignalMethod.LOOKUP -> found(reader);
      default -> throw unknownMethod("response", method);
    };
  }

  private static Register register(AttributeReader reader)
      throws SignalFormatException, WireFormatException {
    PeerInstance self = reader.instance(SignalAttribute.SENDER);
    return new Register(
        self,
        reader.accessKey(),
        reader.claim(self.id()),
        reader.services(),
        reader.proof(),
        reader.paths());
  }

  private static Signal error(AttributeReader reader)
      throws SignalFormatException, WireFormatException {
    AccessChallenge challenge = reader.challenge();
    return challenge != null && reader.reason() == Reason.NOT_PROVEN
        ? new Challenged(challenge)
        : new Rejected(reader.reason(), reader.text());
  }

  private static Found found(AttributeReader reader)
      throws SignalFormatException, WireFormatException {
    if (reader.peer() instanceof PeerId id) {
      return new Found(id, reader.accessKey(), reader.claim(id));
    }
    throw new SignalFormatException(
        Reason.BAD_REQUEST, "PEER of a look-up's response must be an id");
  }

  private static AttributeWriter write(Register register) {
    return new AttributeWriter()
        .version()
        .instance(SignalAttribute.SENDER, register.self())
        .accessKey(register.realm())
        .claim(register.claim())
        .services(register.services())
        .proof(register.proof())
        .paths(register.paths());
  }

  private static AttributeWriter write(Lookup lookup) {
    AttributeWriter attributes = new AttributeWriter().version().peer(lookup.whom());
    Service service = lookup.service();
    return service == null ? attributes : attributes.service(service);
  }

  private static AttributeWriter write(Found found) {
    return new AttributeWriter().peer(found.id()).accessKey(found.realm()).claim(found.claim());
  }

  private static AttributeWriter write(Challenged challenged) {
    return new AttributeWriter().challenge(challenged.challenge());
  }

  private static AttributeWriter write(Offer offer) {
    return new AttributeWriter()
        .version()
        .session(offer.session())
        .instance(SignalAttribute.SENDER, offer.from())
        .peer(offer.to())
        .service(offer.service())
        .description(offer.description());
  }

  private static AttributeWriter write(Answer answer) {
    return new AttributeWriter()
        .version()
        .session(answer.session())
        .instance(SignalAttribute.SENDER, answer.from())
        .instance(SignalAttribute.RECIPIENT, answer.to())
        .description(answer.description());
  }

  private static AttributeWriter write(Refusal refusal) {
    return new AttributeWriter()
        .version()
        .session(refusal.session())
        .instance(SignalAttribute.RECIPIENT, refusal.to())
        .plain(new ErrorCode(refusal.reason().code(), cut(refusal.text())));
  }

  private static AttributeWriter write(Withdrawal withdrawal) {
    return new AttributeWriter()
        .version()
        .session(withdrawal.session())
        .instance(SignalAttribute.SENDER, withdrawal.from())
        .peer(withdrawal.to());
  }

  private static AttributeWriter write(Move move) {
    return new AttributeWriter().version().plain(new Lifetime(move.within().toSeconds()));
  }

  private static StunMessage message(
      StunClass messageClass, int method, TransactionId transaction, AttributeWriter writer) {
    return new StunMessage(messageClass, method, transaction, writer.attributes());
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  private static SignalFormatException unknownMethod(String kind, int method) {
    return new SignalFormatException(
        Reason.BAD_REQUEST, String.format("no signalling %s has the method 0x%03X", kind, method));
  }

  private static Set<Integer> understood() {
    Set<Integer> types = new HashSet<>(SignalAttribute.all());
    types.add(AttributeType.LIFETIME);
    return Set.copyOf(types);
  }
}
