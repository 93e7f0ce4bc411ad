package io.bradawl.protocol.stun.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.stun.Integrity;
import io.bradawl.protocol.stun.IntegrityAlgorithm;
import io.bradawl.protocol.stun.MessageIntegritySha256;
import io.bradawl.protocol.stun.PasswordAlgorithm;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunRealm;
import io.bradawl.protocol.stun.UserHash;
import io.bradawl.protocol.stun.Username;
import io.bradawl.protocol.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * The sample requests with long-term credentials, RFC 5769 section 2.4 and RFC 8489 appendix B.1.
 */
class Rfc8489VectorTest {

  private static final String USER = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";
  private static final LongTermCredential CREDENTIAL = new LongTermCredential(USER, "TheMatrIX");

  private static final String SHA1_REQUEST =
      """
      00010060 2112a442 78ad3433 c6ad72c0 29da412e
      00060012 e3839ee3 8388e383 aae38383 e382afe3 82b90000
      0015001c 662f2f34 39396b39 35346436 4f4c3334 6f4c3946 53547679 36347341
      0014000b 6578616d 706c652e 6f726700
      00080014 f6702465 6dd64a3e 02b8e071 2e85c9a2 8ca89666
      """;

  /** Without its integrity attribute. */
  private static final String SHA256_REQUEST =
      """
      0001009c 2112a442 78ad3433 c6ad72c0 29da412e
      001e0020 4a3cf38f ef6992bd a952c678 0417da0f 24819415 569e60b2 05c46e41 407f1704
      00150029 6f624d61 744a6f73 32414141 43662f2f 3439396b 39353464 364f4c33 346f4c39
               46535476 79363473 41000000
      0014000b 6578616d 706c652e 6f726700
      """;

  private static final String SHA256_CODE =
      "e4686c8f0edeb59013e07090010a93efccbccc544c0a45d9f830aa6d6f735a01";

  @Test
  void longTermWithSha1() throws WireFormatException {
    StunMessage message = decode(SHA1_REQUEST);

    assertThat(message.first(Username.class)).isEqualTo(CREDENTIAL.username());
    assertThat(message.first(StunRealm.class)).isEqualTo(new StunRealm("example.org"));
    assertThat(integrity(IntegrityAlgorithm.SHA1, PasswordAlgorithm.MD5).proves(message)).isTrue();
    assertThat(integrity(IntegrityAlgorithm.SHA1, PasswordAlgorithm.SHA_256).proves(message))
        .isFalse();
  }

  /**
   * The length that is printed counts the header too (verified erratum 6268), so the message cannot
   * be decoded; the code was computed over the octets as they are printed.
   */
  @Test
  void longTermWithSha256AndUserHash() {
    byte[] printed = octets(SHA256_REQUEST);
    byte[] hash = Arrays.copyOfRange(printed, 24, 56);
    var code = new MessageIntegritySha256(Octets.of(octets(SHA256_CODE)), Octets.of(printed));

    assertThat(CREDENTIAL.hash("example.org")).isEqualTo(new UserHash(Octets.of(hash)));
    assertThat(code.provenBy(CREDENTIAL.key("example.org", PasswordAlgorithm.SHA_256))).isTrue();
    assertThat(code.provenBy(CREDENTIAL.key("example.org", PasswordAlgorithm.MD5))).isFalse();
    assertThat(SecurityFeatures.of("obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA"))
        .isEqualTo(new SecurityFeatures(false, true));
  }

  private static Integrity integrity(IntegrityAlgorithm code, PasswordAlgorithm algorithm) {
    return new Integrity(code, CREDENTIAL.key("example.org", algorithm));
  }

  private static StunMessage decode(String hex) throws WireFormatException {
    return StunDecoder.decode(ByteBuffer.wrap(octets(hex)));
  }

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }
}
