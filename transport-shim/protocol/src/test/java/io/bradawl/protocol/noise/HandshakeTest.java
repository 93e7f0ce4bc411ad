package io.bradawl.protocol.noise;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import io.bradawl.protocol.noise.NoiseException.Failure;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.signal.SessionId;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Offer and answer between two peers, and every lie that a rendezvous can tell with them. */
class HandshakeTest {

  private static final Octets OFFER = Octets.of("offer: candidates".getBytes(US_ASCII));
  private static final Octets ANSWER = Octets.of("answer".getBytes(US_ASCII));

  private final Random random = new Random(3);
  private final X25519KeyPair alice = keyPair();
  private final X25519KeyPair bob = keyPair();
  private final X25519KeyPair mallory = keyPair();
  private final Secret realm = secret();
  private final SessionContext context = context(alice, bob);

  @Test
  void bothSidesEndWithTheSameKeysEachWayRound() throws NoiseException {
    Offering offering = offer(realm);
    Answering answering = open(context, bob, realm, offering.message());
    assertThat(answering.payload()).isEqualTo(OFFER);
    assertThat(answering.membership()).isEqualTo(Membership.REALM);
    Agreement answered = answering.seal(ANSWER);
    Agreement accepted = offering.accept(answered.octets());

    assertThat(accepted.octets()).isEqualTo(ANSWER);
    SessionKeys offerer = accepted.keys();
    SessionKeys answerer = answered.keys();
    assertThat(offerer.handshakeHash()).isEqualTo(answerer.handshakeHash());
    assertThat(keys(offerer.sending())).containsExactly(keys(answerer.receiving()));
    assertThat(keys(offerer.receiving())).containsExactly(keys(answerer.sending()));
    assertThat(
            Stream.concat(
                Arrays.stream(keys(offerer.sending())), Arrays.stream(keys(offerer.receiving()))))
        .as("every key is another")
        .doesNotHaveDuplicates();
  }

  @Test
  void withoutARealmTheStaticKeysDecide() throws NoiseException {
    Offering offering = offer(null);
    Answering answering = open(context, bob, realm, offering.message());
    assertThat(answering.membership()).isEqualTo(Membership.NONE);
    assertThat(offering.accept(answering.seal(ANSWER).octets()).octets()).isEqualTo(ANSWER);
  }

  @Test
  void nothingOfPayloadOrKeysIsReadableInTheOffer() throws NoiseException {
    String message = offer(realm).message().toString();
    assertThat(message)
        .doesNotContain(OFFER.toString())
        .doesNotContain(alice.publicKey().toString());
  }

  @ParameterizedTest
  @MethodSource("memberships")
  void everyFlippedBitOfAnOfferIsDetected(boolean inRealm) throws NoiseException {
    Octets message = offer(inRealm ? realm : null).message();
    for (int bit = 0; bit < message.length() * 8; bit++) {
      Octets flipped = flip(message, bit);
      assertThatThrownBy(() -> open(context, bob, realm, flipped))
          .as("bit %d", bit)
          .isInstanceOf(NoiseException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("memberships")
  void everyFlippedBitOfAnAnswerIsDetected(boolean inRealm) throws NoiseException {
    Secret psk = inRealm ? realm : null;
    Octets ephemeral = octets(X25519KeyPair.LENGTH);
    Octets answer = null;
    for (int bit = 0; answer == null || bit < answer.length() * 8; bit++) {
      Offering offering =
          Offering.seal(
              context,
              alice,
              X25519KeyPair.of(Secret.takeOver(ephemeral.toByteArray())),
              psk,
              OFFER);
      if (answer == null) {
        answer = open(context, bob, realm, offering.message()).seal(ANSWER).octets();
      }
      Octets flipped = flip(answer, bit);
      assertThatThrownBy(() -> offering.accept(flipped))
          .as("bit %d", bit)
          .isInstanceOf(NoiseException.class);
    }
  }

  static Stream<Boolean> memberships() {
    return Stream.of(true, false);
  }

  @Test
  void everyTruncationIsDetected() throws NoiseException {
    Octets message = offer(realm).message();
    for (int length = 0; length < message.length(); length++) {
      Octets cut = Octets.of(Arrays.copyOf(message.toByteArray(), length));
      assertThatThrownBy(() -> open(context, bob, realm, cut)).isInstanceOf(NoiseException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void downgradeOfVersionSuiteOrMembershipIsRefused(int octet) throws NoiseException {
    byte[] message = offer(realm).message().toByteArray();
    for (int value = 0; value < 256; value++) {
      if (message[octet] != (byte) value) {
        byte[] changed = message.clone();
        changed[octet] = (byte) value;
        assertThatThrownBy(() -> open(context, bob, realm, Octets.of(changed)))
            .isInstanceOf(NoiseException.class);
      }
    }
    Offering offering = offer(realm);
    byte[] answer =
        open(context, bob, realm, offering.message()).seal(ANSWER).octets().toByteArray();
    answer[octet] ^= 1;
    assertThatThrownBy(() -> offering.accept(Octets.of(answer)))
        .isInstanceOfSatisfying(
            NoiseException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNSUPPORTED));
  }

  @Test
  void anOfferMovedToAnotherSessionServiceOrPeerDoesNotOpen() throws NoiseException {
    Octets message = offer(realm).message();
    SessionId other = new SessionId(1, 3);
    Service udp = new Service(Transport.UDP, 9092);
    Service port = new Service(Transport.TCP, 9093);
    refused(
        new SessionContext(other, context.service(), context.offerer(), context.answerer()),
        bob,
        message);
    refused(
        new SessionContext(context.session(), udp, context.offerer(), context.answerer()),
        bob,
        message);
    refused(
        new SessionContext(context.session(), port, context.offerer(), context.answerer()),
        bob,
        message);
    refused(context(mallory, bob), bob, message);
    refused(context(alice, mallory), mallory, message);
  }

  private void refused(SessionContext moved, X25519KeyPair self, Octets message) {
    assertThatThrownBy(() -> open(moved, self, realm, message))
        .isInstanceOfSatisfying(
            NoiseException.class, e -> assertThat(e.failure()).isEqualTo(Failure.NOT_AUTHENTIC));
  }

  @Test
  void anImpostorCannotOfferInAnothersName() throws NoiseException {
    // Mallory runs the handshake with her own key under Alice's prologue, as Offering itself
    // refuses to.
    Header header = new Header(Suite.NOISE_IKPSK2_25519_AESGCM_SHA256, Membership.REALM);
    HandshakeState state =
        HandshakeState.initiator(
            context.prologue(header), mallory, keyPair(), bob.publicKey(), realm);
    Octets message = header.before(state.writeMessage(OFFER.toByteArray()));
    assertThatThrownBy(() -> open(context, bob, realm, message))
        .isInstanceOfSatisfying(
            NoiseException.class, e -> assertThat(e.failure()).isEqualTo(Failure.WRONG_PEER));
  }

  @Test
  void anImpostorCannotAnswerInAnothersName() throws NoiseException {
    Offering offering = offer(realm);
    Offering toMallory = Offering.seal(context(alice, mallory), alice, keyPair(), realm, OFFER);
    Octets answer =
        open(context(alice, mallory), mallory, realm, toMallory.message()).seal(ANSWER).octets();
    assertThatThrownBy(() -> offering.accept(answer)).isInstanceOf(NoiseException.class);
  }

  @Test
  void anAnswerMadeWithoutTheRealmKeyIsRefused() throws NoiseException {
    Offering offering = offer(realm);
    Octets answer = open(context, bob, secret(), offering.message()).seal(ANSWER).octets();
    assertThatThrownBy(() -> offering.accept(answer)).isInstanceOf(NoiseException.class);
  }

  @Test
  void anOffererWithoutTheRealmKeyCannotReadTheAnswer() throws NoiseException {
    Offering offering = offer(secret());
    Octets answer = open(context, bob, realm, offering.message()).seal(ANSWER).octets();
    assertThatThrownBy(() -> offering.accept(answer)).isInstanceOf(NoiseException.class);
  }

  @Test
  void anOfferOfARealmIsRefusedByAPeerThatIsInNone() {
    assertThatThrownBy(() -> open(context, bob, null, offer(realm).message()))
        .isInstanceOf(NoiseException.class)
        .hasMessageContaining("this peer is in none");
  }

  @Test
  void anAnswerToAnEarlierOfferOfTheSameSessionIsRefused() throws NoiseException {
    Octets earlier = open(context, bob, realm, offer(realm).message()).seal(ANSWER).octets();
    assertThatThrownBy(() -> offer(realm).accept(earlier)).isInstanceOf(NoiseException.class);
  }

  @Test
  void replayedOffersAreRecognised() {
    OfferHistory history = new OfferHistory(2);
    assertThat(history.enter(context)).isTrue();
    assertThat(history.enter(context)).isFalse();
    assertThat(history.enter(context(mallory, bob))).isTrue();
    assertThat(history.enter(context(bob, bob))).isTrue();
    assertThat(history.enter(context)).as("forgotten after two newer").isTrue();
  }

  @Test
  void rubbishNeverThrowsAnythingUnchecked() throws NoiseException {
    for (int i = 0; i < 3_000; i++) {
      byte[] rubbish = octets(random.nextInt(300)).toByteArray();
      if (rubbish.length >= 3 && random.nextInt(4) > 0) {
        System.arraycopy(new byte[] {1, 1, (byte) random.nextInt(2)}, 0, rubbish, 0, 3);
      }
      assertThatThrownBy(() -> open(context, bob, realm, Octets.of(rubbish)))
          .isInstanceOf(NoiseException.class);
    }
    Octets huge = Octets.of(Arrays.copyOf(new byte[] {1, 1, 1}, 100_000));
    assertThatThrownBy(() -> open(context, bob, realm, huge)).isInstanceOf(NoiseException.class);
    Offering offering = offer(realm);
    assertThatThrownBy(() -> offering.accept(huge)).isInstanceOf(NoiseException.class);
  }

  @Test
  void keysOfSmallOrderAreRefusedOnTheWire() {
    byte[] message = new byte[200];
    message[0] = 1;
    message[1] = 1;
    assertThatThrownBy(() -> open(context, bob, null, Octets.of(message)))
        .isInstanceOfSatisfying(
            NoiseException.class, e -> assertThat(e.failure()).isEqualTo(Failure.MALFORMED));
    PeerId zero = new PeerId(Octets.of(new byte[32]));
    SessionContext nobody =
        new SessionContext(context.session(), context.service(), context.offerer(), zero);
    assertThatThrownBy(() -> Offering.seal(nobody, alice, keyPair(), null, OFFER))
        .isInstanceOf(NoiseException.class);
  }

  @Test
  void thePayloadIsBounded() {
    Octets tooLong = Octets.of(new byte[Offering.MAX_PAYLOAD + 1]);
    assertThatThrownBy(() -> Offering.seal(context, alice, keyPair(), realm, tooLong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 8192");
    Octets longest = Octets.of(new byte[Offering.MAX_PAYLOAD]);
    assertThatCode(
            () -> {
              Octets message = Offering.seal(context, alice, keyPair(), realm, longest).message();
              assertThat(message.length()).isEqualTo(Offering.MAX_MESSAGE);
              open(context, bob, realm, message);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void secretsAreWipedAndStayOutOfText() throws NoiseException {
    X25519KeyPair ephemeral = keyPair();
    Offering offering = Offering.seal(context, alice, ephemeral, realm, OFFER);
    Agreement answered = open(context, bob, realm, offering.message()).seal(ANSWER);
    offering.accept(answered.octets());
    assertThatThrownBy(() -> ephemeral.agree(bob.publicKey()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(realm.isDestroyed()).isFalse();
    assertThat(answered.keys().toString()).contains("checks=Secret,");
    answered.keys().close();
    assertThat(answered.keys().sending().stream().isDestroyed()).isTrue();
  }

  private Offering offer(@Nullable Secret psk) throws NoiseException {
    return Offering.seal(context, alice, keyPair(), psk, OFFER);
  }

  private Answering open(
      SessionContext seen, X25519KeyPair self, @Nullable Secret psk, Octets offer)
      throws NoiseException {
    return Answering.open(seen, self, keyPair(), psk, offer);
  }

  private SessionContext context(X25519KeyPair offerer, X25519KeyPair answerer) {
    return new SessionContext(
        new SessionId(1, 2),
        new Service(Transport.TCP, 9092),
        new PeerId(offerer.publicKey()),
        new PeerId(answerer.publicKey()));
  }

  private static String[] keys(SessionKeys.Direction direction) {
    return Stream.of(direction.checks(), direction.datagrams(), direction.stream())
        .map(key -> Octets.of(key.toByteArray()).toString())
        .toArray(String[]::new);
  }

  private static Octets flip(Octets message, int bit) {
    byte[] flipped = message.toByteArray();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return Octets.of(flipped);
  }

  private X25519KeyPair keyPair() {
    return X25519KeyPair.of(secret());
  }

  private Secret secret() {
    return Secret.takeOver(octets(32).toByteArray());
  }

  private Octets octets(int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return Octets.of(octets);
  }
}
