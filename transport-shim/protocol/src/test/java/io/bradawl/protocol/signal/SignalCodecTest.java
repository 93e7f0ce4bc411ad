package io.bradawl.protocol.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.RawAttribute;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.UnknownAttributes;
import io.bradawl.protocol.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalCodecTest {

  private static final Set<Integer> OPTIONAL =
      Set.of(
          SignalAttribute.NAME_CLAIM,
          SignalAttribute.ACCESS_KEY,
          SignalAttribute.PROOF,
          SignalAttribute.PATH_COUNTS);
  private static final TransactionId TRANSACTION = new TransactionId(1, 2);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsSaidIsHeard(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      for (var sample : SignalSamples.REQUESTS) {
        Signal.Request request = sample.apply(random);
        StunMessage asked = SignalCodec.encode(request, TRANSACTION);
        assertThat(overTheWire(asked)).isEqualTo(request);
        Signal.Response response = SignalSamples.responseTo(request, random);
        assertThat(overTheWire(SignalCodec.respond(asked, response))).isEqualTo(response);
      }
      for (var sample : SignalSamples.INDICATIONS) {
        Signal.Indication indication = sample.apply(random);
        assertThat(overTheWire(SignalCodec.encode(indication, TRANSACTION))).isEqualTo(indication);
      }
    }
  }

  @Test
  void theLargestSignalsFitIntoAMessage() {
    Random random = new Random(4);
    Set<Service> services =
        IntStream.rangeClosed(1, SignalCodec.MAX_SERVICES)
            .mapToObj(port -> new Service(Transport.TCP, port))
            .collect(Collectors.toSet());
    PeerInstance self = SignalSamples.instance(random);
    NameClaim claim = new NameClaim(new PeerName("a".repeat(63)), self.id(), octets(32));
    Signal.Register register =
        new Signal.Register(
            self, new AccessKey(octets(32)), claim, services, octets(32), allSortsOfPaths());

    assertThat(StunEncoder.encodedLength(SignalCodec.encode(register, TRANSACTION)))
        .isLessThan(SignalCodec.MAX_MESSAGE);
  }

  private static PathCounts allSortsOfPaths() {
    Map<Candidate.Kind, Integer> each =
        Stream.of(Candidate.Kind.values()).collect(Collectors.toMap(kind -> kind, kind -> 1));
    return new PathCounts(Map.of(Transport.TCP, each, Transport.UDP, each));
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7})
  void mutilatedSignalsAreRefusedWithAReason(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      Signal.Indication signal = SignalSamples.INDICATIONS.get(random.nextInt(4)).apply(random);
      StunMessage message = SignalCodec.encode(signal, TRANSACTION);
      List<StunAttribute> attributes = new ArrayList<>(message.attributes());
      int victim = random.nextInt(attributes.size());
      if (attributes.get(victim) instanceof RawAttribute raw) {
        attributes.set(victim, new RawAttribute(raw.type(), mutilated(raw.value(), random)));
      }
      decodeOrRefuse(
          new StunMessage(message.messageClass(), message.method(), TRANSACTION, attributes));
    }
  }

  @Test
  void eachMissingAttributeIsNamed() {
    Random random = new Random(8);
    StunMessage whole =
        SignalCodec.encode(SignalSamples.REQUESTS.get(0).apply(random), TRANSACTION);
    for (StunAttribute attribute : whole.attributes()) {
      if (OPTIONAL.contains(attribute.type())) {
        continue;
      }
      List<StunAttribute> rest = new ArrayList<>(whole.attributes());
      rest.remove(attribute);
      assertRefused(
          new StunMessage(StunClass.REQUEST, whole.method(), TRANSACTION, rest),
          Reason.BAD_REQUEST,
          SignalAttribute.name(attribute.type()) + " is missing");
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {SignalAttribute.ACCESS_KEY, SignalAttribute.PROOF, SignalAttribute.NAME_CLAIM})
  void keysAndProofsOfAnotherLengthAreRefused(int type) {
    StunMessage statement =
        SignalCodec.encode(
            new Signal.Register(SignalSamples.instance(new Random(9)), null, null, Set.of()),
            TRANSACTION);
    StunMessage shortened = statement.plus(new RawAttribute(type, octets(31)));
    assertRefused(shortened, Reason.BAD_REQUEST, SignalAttribute.name(type));
  }

  @Test
  void sortsOfPathsOfLaterVersionsAreLeftOut() throws Exception {
    byte[] value = {17, 3, 1, 2, 17, 99, 0, 1, 6, 0, 0, 0, (byte) 132, 0, 0, 1};
    StunMessage plain = SignalCodec.encode(SignalSamples.register(new Random(1)), TRANSACTION);
    StunMessage told =
        new StunMessage(
            plain.messageClass(),
            plain.method(),
            plain.transaction(),
            Stream.concat(
                    Stream.of(new RawAttribute(SignalAttribute.PATH_COUNTS, Octets.of(value))),
                    plain.attributes().stream())
                .toList());
    assertThat(((Signal.Register) SignalCodec.decode(told)).paths())
        .isEqualTo(new PathCounts(Map.of(Transport.UDP, Map.of(Candidate.Kind.RELAYED, 0x0102))));
  }

  @Test
  void anUnknownAttributeThatMustBeUnderstoodIsAnswered420() {
    StunMessage request =
        SignalCodec.encode(SignalSamples.REQUESTS.get(1).apply(new Random(9)), TRANSACTION)
            .plus(new RawAttribute(0x7BFF, Octets.of()), new RawAttribute(0xC001, Octets.of()));

    SignalFormatException refusal = assertRefused(request, Reason.UNKNOWN_ATTRIBUTE, "0x7BFF");
    StunMessage answer = refusal.answerTo(request);

    assertThat(answer.is(StunClass.ERROR, SignalMethod.LOOKUP)).isTrue();
    assertThat(answer.first(ErrorCode.class).code()).isEqualTo(420);
    assertThat(answer.first(UnknownAttributes.class))
        .isEqualTo(new UnknownAttributes(List.of(0x7BFF)));
  }

  @Test
  void anotherVersionIsRefusedAsSuch() {
    StunMessage future =
        StunMessage.request(
            SignalMethod.LOOKUP,
            TRANSACTION,
            new RawAttribute(
                SignalAttribute.VERSION, Octets.of((byte) 2, (byte) 0, (byte) 0, (byte) 0)));

    assertRefused(future, Reason.UNSUPPORTED_VERSION, "version 2");
  }

  @Test
  void anotherMethodIsNoSignal() {
    StunMessage binding =
        StunMessage.request(
            StunMethod.BINDING,
            TRANSACTION,
            new RawAttribute(
                SignalAttribute.VERSION, Octets.of((byte) 1, (byte) 0, (byte) 0, (byte) 0)));

    assertRefused(binding, Reason.BAD_REQUEST, "0x001");
  }

  @Test
  void explanationsOfOthersCannotForgeLogLines() throws Exception {
    StunMessage error =
        StunMessage.request(SignalMethod.LOOKUP, TRANSACTION)
            .error(new ErrorCode(404, "no\npath up peer=evil"));

    assertThat(SignalCodec.decode(error))
        .isEqualTo(new Signal.Rejected(Reason.UNKNOWN_PEER, "no?path up peer=evil"));
  }

  @Test
  void aCodeOfSomebodyElseIsReadByItsHundreds() {
    assertThat(Reason.ofCode(438)).isEqualTo(Reason.BAD_REQUEST);
    assertThat(Reason.ofCode(508)).isEqualTo(Reason.SERVER_ERROR);
  }

  private static Signal overTheWire(StunMessage message)
      throws WireFormatException, SignalFormatException {
    ByteBuffer wire = StunEncoder.encode(message);
    assertThat(wire.remaining()).isLessThanOrEqualTo(SignalCodec.MAX_MESSAGE);
    return SignalCodec.decode(StunDecoder.decode(wire));
  }

  private static Octets octets(int length) {
    return Octets.of(new byte[length]);
  }

  private static Octets mutilated(Octets value, Random random) {
    byte[] octets = value.toByteArray();
    if (octets.length == 0 || random.nextBoolean()) {
      return Octets.of(Arrays.copyOf(octets, random.nextInt(octets.length + 3)));
    }
    octets[random.nextInt(octets.length)] = (byte) random.nextInt();
    return Octets.of(octets);
  }

  private static void decodeOrRefuse(StunMessage message) {
    try {
      SignalCodec.decode(message);
    } catch (SignalFormatException e) {
      assertThat(e).hasMessageMatching("[A-Za-z].+");
    }
  }

  private static SignalFormatException assertRefused(
      StunMessage message, Reason reason, String text) {
    SignalFormatException[] refusal = new SignalFormatException[1];
    assertThatThrownBy(() -> SignalCodec.decode(message))
        .hasMessageContaining(text)
        .isInstanceOfSatisfying(SignalFormatException.class, e -> refusal[0] = e);
    assertThat(refusal[0].reason()).isEqualTo(reason);
    return refusal[0];
  }
}
