package io.bradawl.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.path.PathSessions;
import io.bradawl.protocol.stun.Nonce;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.StunRealm;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.credential.Challenge;
import io.bradawl.protocol.stun.credential.LongTermClient;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import io.bradawl.protocol.stun.credential.LongTermVerifier;
import io.bradawl.protocol.stun.credential.PreparedRequest;
import io.bradawl.protocol.stun.credential.Verdict;
import io.bradawl.protocol.turn.TimeLimitedCredential;
import io.bradawl.protocol.turn.TimeLimitedCredentials;
import io.bradawl.protocol.wire.WireFormatException;
import java.nio.ByteBuffer;

/**
 * Requests that say who asks, genuine ones with other user names, realms and nonces, changed ones
 * and made up ones: granted is only what was made with the password.
 */
class CredentialFuzzTest {

  /** Several keys are made of passwords. */
  private static final Bound BOUND = new Bound(1 << 17, 256);

  private static final long NOW = 1_700_000_000L;
  private static final TransportAddress SOURCE = PathSessions.address("80.0.0.2", 4000);
  private static final TimeLimitedCredentials ACCOUNTS =
      new TimeLimitedCredentials(Secret.takeOver(new byte[32]));
  private static final LongTermVerifier VERIFIER =
      new LongTermVerifier(
          new StunRealm("relay.example"), Secret.takeOver(new byte[32]), ACCOUNTS, false);

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    BOUND.hold(input, CredentialFuzzTest::run);
  }

  private static void run(FuzzedDataProvider data) {
    TimeLimitedCredential minted = ACCOUNTS.mint("peer", data.consumeInt(-10, 10), NOW);
    boolean right = data.consumeBoolean();
    LongTermClient client =
        new LongTermClient(
            right
                ? new LongTermCredential(minted.username(), minted.password())
                : new LongTermCredential(data.consumeString(40) + "x", minted.password()),
            Challenge.handedOut(new StunRealm(realm(data)), nonce(data)));
    PreparedRequest prepared =
        client.prepare(StunMessage.request(StunMethod.ALLOCATE, new TransactionId(1, 2)));
    byte[] genuine = prepared.encode(data.consumeBoolean()).array();
    byte[] wire = Mutation.of(genuine, data);
    try {
      Verdict verdict = VERIFIER.verify(StunDecoder.decode(ByteBuffer.wrap(wire)), SOURCE, NOW);
      if (verdict instanceof Verdict.Granted granted) {
        assertThat(right).as("granted to %s", granted.username()).isTrue();
        assertThat(granted.username()).isEqualTo(minted.username());
      } else if (verdict instanceof Verdict.Refused refused) {
        assertThat(client.judge(prepared, refused.response())).isNotNull();
        assertThat(StunEncoder.encode(refused.response()).remaining()).isLessThan(400);
      }
    } catch (WireFormatException expected) {
      assertThat(wire).isNotEqualTo(genuine);
    }
  }

  private static String realm(FuzzedDataProvider data) {
    return data.consumeBoolean() ? "relay.example" : data.consumeString(40);
  }

  private static Nonce nonce(FuzzedDataProvider data) {
    Nonce minted = VERIFIER.nonce(SOURCE, NOW - data.consumeInt(-1, 3601));
    return switch (data.consumeInt(0, 2)) {
      case 0 -> new Nonce(data.consumeString(80));
      case 1 -> new Nonce(minted.value().substring(0, data.consumeInt(0, minted.value().length())));
      default -> minted;
    };
  }
}
