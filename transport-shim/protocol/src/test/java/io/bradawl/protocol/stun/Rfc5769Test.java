package io.bradawl.protocol.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.wire.WireFormatException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The test vectors of RFC 5769. */
class Rfc5769Test {

  private static final IntegrityKey PASSWORD = IntegrityKey.ofPassword("VOkJxbRl1RmTxUk/WvJxBt");
  private static final TransactionId TRANSACTION =
      new TransactionId(0xb7e7a701, 0xbc34d686fa87dfaeL);

  /** Section 2.1. */
  private static final String REQUEST =
      """
      00010058 2112a442 b7e7a701 bc34d686 fa87dfae
      80220010 5354554e 20746573 7420636c 69656e74
      00240004 6e0001ff
      80290008 932ff9b1 51263b36
      00060009 6576746a 3a683676 59202020
      00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2
      80280004 e57a3bcf
      """;

  /** Section 2.2. */
  private static final String IPV4_RESPONSE =
      """
      0101003c 2112a442 b7e7a701 bc34d686 fa87dfae
      8022000b 74657374 20766563 746f7220
      00200008 0001a147 e112a643
      00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7
      80280004 c07d4c96
      """;

  /** Section 2.3. */
  private static final String IPV6_RESPONSE =
      """
      01010048 2112a442 b7e7a701 bc34d686 fa87dfae
      8022000b 74657374 20766563 746f7220
      00200014 0002a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9
      00080014 a382954e 4be67bf1 1784c97c 8292c275 bfe3ed41
      80280004 c8fb0b4c
      """;

  /** Section 2.4. */
  private static final String LONG_TERM_REQUEST =
      """
      00010060 2112a442 78ad3433 c6ad72c0 29da412e
      00060012 e3839ee3 8388e383 aae38383 e382afe3 82b90000
      0015001c 662f2f34 39396b39 35346436 4f4c3334 6f4c3946 53547679 36347341
      0014000b 6578616d 706c652e 6f726700
      00080014 f6702465 6dd64a3e 02b8e071 2e85c9a2 8ca89666
      """;

  @Test
  void sampleRequest() throws WireFormatException {
    StunMessage message = decode(REQUEST);

    assertThat(message.is(StunClass.REQUEST, StunMethod.BINDING)).isTrue();
    assertThat(message.transaction()).isEqualTo(TRANSACTION);
    assertThat(message.first(Software.class)).isEqualTo(new Software("STUN test client"));
    assertThat(message.first(Priority.class)).isEqualTo(new Priority(0x6e0001ff));
    assertThat(message.first(IceControlled.class))
        .isEqualTo(new IceControlled(0x932ff9b151263b36L));
    assertThat(message.first(Username.class)).isEqualTo(new Username("evtj:h6vY"));
    assertThat(message.first(Fingerprint.class)).isEqualTo(new Fingerprint(0xe57a3bcf));
    assertProven(message, PASSWORD);
  }

  @Test
  void sampleIpv4Response() throws Exception {
    StunMessage message = decode(IPV4_RESPONSE);

    assertThat(message.is(StunClass.SUCCESS, StunMethod.BINDING)).isTrue();
    assertThat(message.first(Software.class)).isEqualTo(new Software("test vector"));
    assertThat(message.first(XorMappedAddress.class)).isEqualTo(xorMapped("192.0.2.1"));
    assertProven(message, PASSWORD);
  }

  @Test
  void sampleIpv6Response() throws Exception {
    StunMessage message = decode(IPV6_RESPONSE);

    assertThat(message.first(XorMappedAddress.class))
        .isEqualTo(xorMapped("2001:db8:1234:5678:11:2233:4455:6677"));
    assertProven(message, PASSWORD);
  }

  @Test
  void sampleRequestWithLongTermAuthentication() throws Exception {
    StunMessage message = decode(LONG_TERM_REQUEST);

    String user = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";
    assertThat(message.first(Username.class)).isEqualTo(new Username(user));
    assertThat(message.first(StunRealm.class)).isEqualTo(new StunRealm("example.org"));
    assertProven(message, longTerm(user + ":example.org:TheMatrIX"));
  }

  private static void assertProven(StunMessage message, IntegrityKey key) {
    MessageIntegrity integrity = message.first(MessageIntegrity.class);
    assertThat(integrity).isNotNull();
    assertThat(integrity.provenBy(key)).isTrue();
    assertThat(integrity.provenBy(IntegrityKey.ofPassword("another"))).isFalse();
    assertThat(message.provenBy(key)).as("SHA-1 is no proof where SHA-256 is asked for").isFalse();
  }

  private static XorMappedAddress xorMapped(String ip) throws UnknownHostException {
    return new XorMappedAddress(new TransportAddress(InetAddress.getByName(ip), 32853));
  }

  private static IntegrityKey longTerm(String credentials) throws NoSuchAlgorithmException {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    return IntegrityKey.of(Octets.of(md5.digest(credentials.getBytes(StandardCharsets.UTF_8))));
  }

  private static StunMessage decode(String hex) throws WireFormatException {
    return StunDecoder.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replaceAll("\\s", ""))));
  }
}
