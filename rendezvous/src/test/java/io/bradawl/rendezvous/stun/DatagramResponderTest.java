package io.bradawl.rendezvous.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ChangeRequest;
import io.bradawl.protocol.stun.ClassicBinding;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.MappedAddress;
import io.bradawl.protocol.stun.OtherAddress;
import io.bradawl.protocol.stun.Padding;
import io.bradawl.protocol.stun.RawAttribute;
import io.bradawl.protocol.stun.ResponseOrigin;
import io.bradawl.protocol.stun.ResponsePort;
import io.bradawl.protocol.stun.Software;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.UnknownAttributes;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.wire.WireFormatException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatagramResponderTest {

  private static final TransportAddress CLIENT = at("203.0.113.9", 5000);
  private static final TwoAddresses TWO =
      new TwoAddresses(at("192.0.2.1", 3478), at("192.0.2.2", 3479));
  private static final Software NAME = new Software("bradawl");

  private final DatagramResponder plain = new DatagramResponder(null, null);
  private final DatagramResponder discovering = new DatagramResponder(TWO, null);

  @Test
  void withoutASecondAddressDiscoveryIsNotUnderstood() {
    for (StunAttribute asked :
        List.of(new ChangeRequest(false, false), new ResponsePort(9), new Padding(100))) {
      StunMessage answer = message(answer(plain, Seat.FIRST, true, asked));

      assertThat(answer.first(ErrorCode.class)).isEqualTo(new ErrorCode(420, ""));
      assertThat(answer.first(UnknownAttributes.class))
          .isEqualTo(new UnknownAttributes(List.of(asked.type())));
    }
  }

  @Test
  void tellsWhereItIsAndWhereElse() {
    BindingAnswer answer = answer(discovering, Seat.FIRST, true);

    assertThat(answer.from()).isEqualTo(Seat.FIRST);
    assertThat(answer.to()).isEqualTo(CLIENT);
    assertThat(message(answer).attributes())
        .containsExactly(
            new XorMappedAddress(CLIENT),
            new ResponseOrigin(TWO.first()),
            new OtherAddress(TWO.second()));
  }

  @Test
  void answersFromWhereItIsAskedTo() {
    for (boolean ip : new boolean[] {false, true}) {
      for (boolean port : new boolean[] {false, true}) {
        for (Seat at : List.of(Seat.FIRST, new Seat(true, false), new Seat(true, true))) {
          BindingAnswer answer = answer(discovering, at, true, new ChangeRequest(ip, port));

          Seat from = new Seat(at.otherIp() ^ ip, at.otherPort() ^ port);
          assertThat(answer.from()).isEqualTo(from);
          assertThat(message(answer).first(ResponseOrigin.class))
              .isEqualTo(new ResponseOrigin(TWO.at(from)));
          assertThat(message(answer).first(OtherAddress.class))
              .isEqualTo(new OtherAddress(TWO.at(at.opposite())));
        }
      }
    }
  }

  @Test
  void answersToAnotherPortOfTheSameAddressOnly() {
    BindingAnswer answer = answer(discovering, Seat.FIRST, true, new ResponsePort(7777));

    assertThat(answer.to()).isEqualTo(new TransportAddress(CLIENT.ip(), 7777));
    assertThat(message(answer).first(XorMappedAddress.class))
        .isEqualTo(new XorMappedAddress(CLIENT));
  }

  @Test
  void noPortAndPaddingTogetherWithAPortAreBadRequests() {
    for (BindingAnswer answer :
        List.of(
            answer(discovering, Seat.FIRST, true, new ResponsePort(0)),
            answer(discovering, Seat.FIRST, true, new ResponsePort(9), new Padding(1000)))) {
      assertThat(message(answer).first(ErrorCode.class)).isEqualTo(new ErrorCode(400, ""));
      assertThat(answer.to()).isEqualTo(CLIENT);
    }
  }

  @Test
  void paddingIsAnsweredByAsMuch() {
    StunMessage request = request(new Padding(1500));
    BindingAnswer answer = answer(discovering, Seat.FIRST, true, new Padding(1500));

    assertThat(answer.wire().remaining()).isEqualTo(StunEncoder.encodedLength(request));
    assertThat(message(answer).attributes())
        .contains(new MappedAddress(CLIENT))
        .hasAtLeastOneElementOfType(Padding.class);
  }

  @Test
  void aboveItsRateASourceFindsOutItsAddressOnly() {
    BindingAnswer answer = answer(discovering, Seat.FIRST, false);
    assertThat(message(answer).attributes()).containsExactly(new XorMappedAddress(CLIENT));

    BindingAnswer changed = answer(discovering, Seat.FIRST, false, new ChangeRequest(true, true));
    assertThat(changed.from()).isEqualTo(Seat.FIRST);
    assertThat(message(changed).messageClass()).isEqualTo(StunClass.ERROR);
  }

  @Test
  void saysWhatItIsWhereThatMakesTheAnswerNoLonger() {
    DatagramResponder named = new DatagramResponder(null, NAME);

    assertThat(message(answer(named, Seat.FIRST, true)).has(Software.class)).isFalse();
    RawAttribute long_ = new RawAttribute(0x8fff, Octets.of(new byte[60]));
    assertThat(message(answer(named, Seat.FIRST, true, long_)).first(Software.class))
        .isEqualTo(NAME);
  }

  @Test
  void indicationsAndResponsesAreNotAnswered() {
    StunMessage request = request();
    for (StunMessage other :
        List.of(
            request.success(),
            request.error(new ErrorCode(400, "")),
            StunMessage.indication(StunMethod.BINDING, request.transaction()))) {
      assertThat(discovering.answer(other, 20, CLIENT, Seat.FIRST, true)).isNull();
    }
  }

  @Test
  void clientsOfRfc3489GetThePlainForm() throws WireFormatException {
    ByteBuffer wire =
        ByteBuffer.allocate(28).putShort((short) 1).putShort((short) 8).putLong(7).putLong(9);
    wire.putShort((short) 3).putShort((short) 4).putInt(6).flip();
    assertThat(ClassicBinding.looksLike(wire)).isTrue();
    ClassicBinding request = ClassicBinding.read(wire);

    assertThat(plain.answer(request, CLIENT, Seat.FIRST, true))
        .as("cannot come from where it was asked from")
        .isNull();
    BindingAnswer answer = discovering.answer(request, CLIENT, Seat.FIRST, true);
    assertThat(answer).isNotNull();
    assertThat(answer.from()).isEqualTo(new Seat(true, true));
    ByteBuffer octets = answer.wire();
    assertThat(octets.getShort()).isEqualTo((short) 0x0101);
    assertThat(octets.getShort()).isEqualTo((short) 36);
    assertThat(octets.getLong()).isEqualTo(7);
    assertThat(octets.getLong()).isEqualTo(9);
    assertThat(address(octets, 1)).isEqualTo(CLIENT);
    assertThat(address(octets, 4)).isEqualTo(TWO.second());
    assertThat(address(octets, 5)).isEqualTo(TWO.second());
    assertThat(octets.hasRemaining()).isFalse();
  }

  @Test
  void whatOtherShapeARequestOfRfc3489HasIsNotRead() {
    byte[] request = new byte[28];
    request[1] = 1;
    request[3] = 8;
    for (int octet : new int[] {0, 1, 2, 3}) {
      byte[] other = request.clone();
      other[octet] ^= 16;
      assertThat(ClassicBinding.looksLike(ByteBuffer.wrap(other))).isFalse();
    }
    assertThat(ClassicBinding.looksLike(ByteBuffer.wrap(request, 0, 20))).isFalse();
    assertThat(ClassicBinding.looksLike(StunEncoder.encode(request()))).isFalse();
  }

  /**
   * The rule of docs/security.md: the mapped address, and what discovery takes, is all there is.
   */
  @Test
  void noAnswerIsMuchLongerThanItsRequest() {
    Random random = new Random(1);
    for (int i = 0; i < 5000; i++) {
      List<StunAttribute> pool =
          new ArrayList<>(
              List.of(
                  new ChangeRequest(random.nextBoolean(), random.nextBoolean()),
                  new ResponsePort(random.nextInt(0x10000)),
                  new Padding(random.nextInt(2000)),
                  new RawAttribute(0x7000 + random.nextInt(0x1000), Octets.of()),
                  new RawAttribute(0x8fff, Octets.of(new byte[random.nextInt(80)]))));
      Collections.shuffle(pool, random);
      StunAttribute[] some =
          pool.subList(0, random.nextInt(pool.size() + 1)).toArray(StunAttribute[]::new);
      boolean discovery = random.nextBoolean();
      DatagramResponder responder =
          new DatagramResponder(
              random.nextBoolean() ? TWO : null, random.nextBoolean() ? NAME : null);

      int asked = StunEncoder.encodedLength(request(some));
      int answered = answer(responder, Seat.FIRST, discovery, some).wire().remaining();
      int growth = discovery && responder.discovers() ? 36 : 12;
      assertThat(answered).isLessThanOrEqualTo(asked + growth);
    }
  }

  private static TransportAddress address(ByteBuffer octets, int type) {
    assertThat(octets.getShort()).isEqualTo((short) type);
    assertThat(octets.getShort()).isEqualTo((short) 8);
    assertThat(octets.getShort()).isEqualTo((short) 1);
    int port = octets.getShort() & 0xFFFF;
    byte[] ip = new byte[4];
    octets.get(ip);
    try {
      return new TransportAddress(InetAddress.getByAddress(ip), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static BindingAnswer answer(
      DatagramResponder responder, Seat at, boolean discovery, StunAttribute... attributes) {
    StunMessage request = request(attributes);
    @Nullable BindingAnswer answer =
        responder.answer(request, StunEncoder.encodedLength(request), CLIENT, at, discovery);
    assertThat(answer).isNotNull();
    return answer;
  }

  private static StunMessage request(StunAttribute... attributes) {
    return StunMessage.request(StunMethod.BINDING, new TransactionId(1, 2), attributes);
  }

  private static StunMessage message(BindingAnswer answer) {
    try {
      return StunDecoder.decode(answer.wire());
    } catch (WireFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static TransportAddress at(String ip, int port) {
    try {
      return new TransportAddress(InetAddress.getByName(ip), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
