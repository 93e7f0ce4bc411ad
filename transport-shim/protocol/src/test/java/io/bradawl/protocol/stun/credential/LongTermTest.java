package io.bradawl.protocol.stun.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Integrity;
import io.bradawl.protocol.stun.IntegrityAlgorithm;
import io.bradawl.protocol.stun.IntegrityKey;
import io.bradawl.protocol.stun.Lifetime;
import io.bradawl.protocol.stun.Nonce;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.PasswordAlgorithms;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.StunRealm;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.UserHash;
import io.bradawl.protocol.stun.Username;
import io.bradawl.protocol.stun.credential.LongTermClient.Answer;
import io.bradawl.protocol.wire.WireFormatException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Both sides of RFC 8489 section 9.2 against each other, and against those that cheat. */
class LongTermTest {

  private static final long NOW = 1_800_000_000L;
  private static final StunRealm REALM = new StunRealm("bradawl");
  private static final TransportAddress SOURCE =
      new TransportAddress(InetAddress.getLoopbackAddress(), 4000);
  private static final LongTermCredential ALICE = new LongTermCredential("alice", "correct");

  private final Random random = new Random(1);
  private final LongTermVerifier server = server(false);

  @Test
  void aRequestWithoutCredentialsIsChallengedAndTheNextOneGranted() {
    LongTermClient client = new LongTermClient(ALICE, null);
    PreparedRequest bare = client.prepare(request());

    assertThat(client.judge(bare, refusal(bare, 401))).isEqualTo(Answer.RETRY);
    PreparedRequest proven = client.prepare(request());
    Verdict.Granted granted = granted(proven);

    assertThat(granted.username()).isEqualTo("alice");
    assertThat(granted.integrity().algorithm()).isEqualTo(IntegrityAlgorithm.SHA256);
    StunMessage answer = proven.message().success(new Lifetime(600));
    assertThat(client.judge(proven, sent(answer, granted.integrity()))).isEqualTo(Answer.GENUINE);
    assertThat(client.judge(proven, received(StunEncoder.encode(answer)))).isEqualTo(Answer.FORGED);
  }

  @Test
  void aChallengeThatWasHandedOutSavesTheRefusal() {
    Challenge handedOut = new Challenge(REALM, server.nonce(SOURCE, NOW), LongTermVerifier.OFFERED);

    granted(new LongTermClient(ALICE, handedOut).prepare(request()));
  }

  @Test
  void aClientOfRfc5389UsesMd5AndSha1() {
    LongTermClient client =
        new LongTermClient(ALICE, new Challenge(REALM, server.nonce(SOURCE, NOW), null));

    PreparedRequest prepared = client.prepare(request());

    assertThat(prepared.message().has(PasswordAlgorithm.class)).isFalse();
    assertThat(granted(prepared).integrity().algorithm()).isEqualTo(IntegrityAlgorithm.SHA1);
  }

  @Test
  void theUserNameStaysHiddenFromAServerThatKnowsItsHash() {
    LongTermVerifier hiding = server(true);
    LongTermClient client = new LongTermClient(ALICE, null);
    PreparedRequest bare = client.prepare(request());
    Verdict.Refused refused = (Verdict.Refused) hiding.verify(asSent(bare), SOURCE, NOW);
    assertThat(client.judge(bare, refused.response())).isEqualTo(Answer.RETRY);

    PreparedRequest prepared = client.prepare(request());

    assertThat(prepared.message().has(Username.class)).isFalse();
    assertThat(prepared.message().has(UserHash.class)).isTrue();
    assertThat(hiding.verify(asSent(prepared), SOURCE, NOW))
        .isInstanceOfSatisfying(
            Verdict.Granted.class, granted -> assertThat(granted.username()).isEqualTo("alice"));
  }

  @Test
  void aStaleNonceIsReplaced() {
    LongTermClient client = new LongTermClient(ALICE, handedOut(NOW - 3600));
    PreparedRequest late = client.prepare(request());

    assertThat(client.judge(late, refusal(late, 438))).isEqualTo(Answer.RETRY);
    granted(client.prepare(request()));
  }

  @Test
  void wrongCredentialsAreNotTriedTwice() {
    for (LongTermCredential wrong :
        List.of(
            new LongTermCredential("alice", "wrong"), new LongTermCredential("eve", "correct"))) {
      LongTermClient client = new LongTermClient(wrong, handedOut(NOW));
      PreparedRequest prepared = client.prepare(request());

      assertThat(client.judge(prepared, refusal(prepared, 401))).isEqualTo(Answer.REFUSED);
    }
  }

  @Test
  void theWrongSecretIsNotToldApartFromAStaleNonce() {
    LongTermClient client =
        new LongTermClient(new LongTermCredential("alice", "wrong"), handedOut(NOW - 7200));

    refusal(client.prepare(request()), 401);
  }

  @Test
  void takingTheOfferOffOnTheWayIsFoundOut() {
    StunMessage refusal = refusal(new LongTermClient(ALICE, null).prepare(request()), 401);
    Nonce nonce = refusal.first(Nonce.class);
    assertThat(nonce).isNotNull();
    StunMessage stripped = request().error(new ErrorCode(401, ""), REALM, nonce);
    LongTermClient client = new LongTermClient(ALICE, null);

    assertThat(client.judge(client.prepare(request()), stripped)).isEqualTo(Answer.REFUSED);
  }

  @Test
  void takingTheCookieOffTheNonceIsFoundOut() {
    Nonce nonce = server.nonce(SOURCE, NOW);
    Nonce bare = new Nonce(nonce.value().substring(SecurityFeatures.COOKIE_LENGTH));
    LongTermClient fooled = new LongTermClient(ALICE, new Challenge(REALM, bare, null));
    PreparedRequest weak = fooled.prepare(request());

    StunMessage refusal = refusal(weak, 438);

    assertThat(fooled.judge(weak, refusal)).isEqualTo(Answer.RETRY);
    assertThat(fooled.prepare(request()).message().first(PasswordAlgorithm.class))
        .isEqualTo(PasswordAlgorithm.SHA_256);
  }

  @Test
  void anotherOfferThanTheServersIsABadRequest() {
    PasswordAlgorithms weak = new PasswordAlgorithms(List.of(PasswordAlgorithm.MD5));
    LongTermClient client =
        new LongTermClient(ALICE, new Challenge(REALM, server.nonce(SOURCE, NOW), weak));

    refusal(client.prepare(request()), 400);
  }

  @Test
  void whatIsIncompleteIsABadRequest() {
    Nonce nonce = server.nonce(SOURCE, NOW);
    Username user = ALICE.username();
    refusal(proved(user, REALM), 400);
    refusal(proved(user, nonce), 400);
    refusal(proved(REALM, nonce), 400);
    refusal(proved(user, ALICE.hash("bradawl"), REALM, nonce), 400);
    refusal(proved(user, REALM, nonce, PasswordAlgorithm.SHA_256), 400);
    refusal(proved(user, REALM, nonce, LongTermVerifier.OFFERED), 400);
  }

  @Test
  void everyFlippedBitOfARequestIsNoticed() {
    byte[] octets =
        new LongTermClient(ALICE, handedOut(NOW)).prepare(request()).encode(false).array();
    for (int bit = 0; bit < 8 * octets.length; bit++) {
      byte[] changed = octets.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      StunMessage message;
      try {
        message = StunDecoder.decode(ByteBuffer.wrap(changed));
      } catch (WireFormatException e) {
        continue;
      }
      assertThat(server.verify(message, SOURCE, NOW))
          .as("bit %d", bit)
          .isInstanceOf(Verdict.Refused.class);
    }
  }

  @Test
  void theChallengeIsShort() {
    StunMessage refusal = refusal(new LongTermClient(ALICE, null).prepare(request()), 401);

    assertThat(StunEncoder.encodedLength(refusal)).isLessThanOrEqualTo(92);
  }

  @Test
  void typedDifferentlyItIsTheSamePassword() {
    LongTermCredential composed = new LongTermCredential("m\u00FCller", "a\u00A0b");
    LongTermCredential decomposed = new LongTermCredential("mu\u0308ller", "a b");

    assertThat(composed.username()).isEqualTo(decomposed.username());
    assertThat(composed.key("r", PasswordAlgorithm.SHA_256))
        .isEqualTo(decomposed.key("r", PasswordAlgorithm.SHA_256));
  }

  @Test
  void noTextShowsThePassword() {
    PreparedRequest prepared = new LongTermClient(ALICE, handedOut(NOW)).prepare(request());

    assertThat(List.of(ALICE.toString(), prepared.toString(), granted(prepared).toString()))
        .noneMatch(text -> text.contains("correct"));
  }

  @Test
  void anOfferTooLongToBeSaidAgainIsNoneToFollow() {
    PasswordAlgorithm endless = new PasswordAlgorithm(9, Octets.of(new byte[65_300]));
    LongTermClient client = new LongTermClient(ALICE, null);
    PreparedRequest bare = client.prepare(request());
    StunMessage refusal =
        bare.message()
            .error(
                new ErrorCode(ErrorCode.UNAUTHENTICATED, ""),
                REALM,
                server.nonce(SOURCE, NOW),
                new PasswordAlgorithms(List.of(PasswordAlgorithm.SHA_256, endless)));

    assertThat(client.judge(bare, asReceived(refusal))).isEqualTo(Answer.REFUSED);
    assertThat(client.prepare(request()).message().attributes()).isEmpty();
  }

  private static StunMessage asReceived(StunMessage message) {
    return received(StunEncoder.encode(message));
  }

  private Challenge handedOut(long when) {
    return new Challenge(REALM, server.nonce(SOURCE, when), LongTermVerifier.OFFERED);
  }

  private StunMessage request() {
    return StunMessage.request(StunMethod.BINDING, TransactionId.draw(random));
  }

  private PreparedRequest proved(StunAttribute... attributes) {
    IntegrityKey key = ALICE.key("bradawl", PasswordAlgorithm.SHA_256);
    return new PreparedRequest(
        request().plus(attributes), new Integrity(IntegrityAlgorithm.SHA256, key), null);
  }

  private Verdict.Granted granted(PreparedRequest prepared) {
    Verdict verdict = server.verify(asSent(prepared), SOURCE, NOW);
    assertThat(verdict).isInstanceOf(Verdict.Granted.class);
    return (Verdict.Granted) verdict;
  }

  private StunMessage refusal(PreparedRequest prepared, int code) {
    Verdict verdict = server.verify(asSent(prepared), SOURCE, NOW);
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    StunMessage response = ((Verdict.Refused) verdict).response();
    assertThat(response.first(ErrorCode.class)).isEqualTo(new ErrorCode(code, ""));
    return response;
  }

  private static StunMessage asSent(PreparedRequest prepared) {
    return received(prepared.encode(true));
  }

  private static StunMessage sent(StunMessage message, Integrity integrity) {
    return received(StunEncoder.encodeProven(message, integrity, true));
  }

  private static StunMessage received(ByteBuffer wire) {
    try {
      return StunDecoder.decode(wire);
    } catch (WireFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static LongTermVerifier server(boolean userAnonymity) {
    Accounts accounts =
        new Accounts() {
          @Override
          public @Nullable IntegrityKey key(
              String username, String realm, PasswordAlgorithm algorithm, long now) {
            return username.equals("alice") ? ALICE.key(realm, algorithm) : null;
          }

          @Override
          public @Nullable String named(UserHash hash, String realm) {
            return hash.equals(ALICE.hash(realm)) ? "alice" : null;
          }
        };
    Secret secret = Secret.takeOver("of the server".getBytes(StandardCharsets.UTF_8));
    return new LongTermVerifier(REALM, secret, accounts, userAnonymity);
  }
}
