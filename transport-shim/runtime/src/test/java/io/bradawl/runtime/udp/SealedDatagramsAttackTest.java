package io.bradawl.runtime.udp;

import static io.bradawl.protocol.signal.Security.AUTHENTICATED;
import static io.bradawl.protocol.signal.Security.ENCRYPTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.signal.Security;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever sits on the way can lose datagrams, delay them and send more of them; nothing else. */
class SealedDatagramsAttackTest {

  private static final int OTHER_PORT = 40001;

  private UdpPair pair;

  @BeforeEach
  void connect() throws Exception {
    pair = UdpPair.connected(ENCRYPTED, ENCRYPTED);
  }

  @Test
  void whatIsSentCannotBeReadAndArrives() {
    byte[] sealed = seal("payload");
    assertThat(new String(sealed, UTF_8)).doesNotContain("payload");
    arrive(sealed);
    assertThat(pair.server.received).containsExactly(fromReader("payload"));
  }

  @Test
  void aFlippedBitIsNotDelivered() {
    byte[] sealed = seal("short");
    int bits = sealed.length * Byte.SIZE;
    for (int bit = 0; bit < bits; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      arrive(flipped);
    }
    nothingWasDelivered(bits);
    arrive(sealed);
    assertThat(pair.server.received).as("forgeries use nothing up").hasSize(1);
  }

  @Test
  void aReplayedDatagramIsNotDelivered() {
    byte[] sealed = seal("once");
    arrive(sealed);
    arrive(sealed);
    arrive(seal("next"));
    arrive(sealed);
    assertThat(pair.server.received).containsExactly(fromReader("once"), fromReader("next"));
    assertThat(pair.server.rejected).isEqualTo(2);
  }

  @Test
  void anUnsealedDatagramOnAnEncryptedPathIsNotDelivered() {
    arrive("plain".getBytes(UTF_8));
    arrive(new byte[0]);
    nothingWasDelivered(2);
  }

  @Test
  void aDatagramSentBackIsNotDelivered() {
    pair.client.arrive(seal("mirror"), pair.server.address);
    assertThat(pair.client.received).isEmpty();
    assertThat(pair.client.rejected).isOne();
  }

  @Test
  void aDatagramOfAnotherSessionIsNotDelivered() throws Exception {
    FakeSocket other = pair.client(OTHER_PORT);
    pair.connect(other);
    byte[] sealed = pair.sealed(other, pair.sensor, "elsewhere");
    arrive(sealed);
    nothingWasDelivered(1);
    pair.server.arrive(sealed, other.address);
    assertThat(pair.server.received).as("its own session takes it").hasSize(1);
  }

  @Test
  void aStrangersDatagramIsTheApplicationsUntouched() throws Exception {
    InetSocketAddress stranger =
        new InetSocketAddress(InetAddress.getByName("10.0.0.66"), UdpPair.CLIENT_PORT);
    byte[] sealed = seal("moved");
    pair.server.arrive("plain".getBytes(UTF_8), stranger);
    pair.server.arrive(sealed, stranger);
    assertThat(pair.server.received)
        .containsExactly("real plain", "real " + UTF_8.decode(ByteBuffer.wrap(sealed)));
    arrive(sealed);
    assertThat(pair.server.received).last().isEqualTo(fromReader("moved"));
  }

  @Test
  void lossDuplicationAndReorderingAreHarmless() {
    List<byte[]> sealed = IntStream.range(0, 10).mapToObj(i -> seal("word " + i)).toList();
    IntStream.of(3, 0, 0, 9, 3, 1, 7, 9, 2).forEach(i -> arrive(sealed.get(i)));
    assertThat(pair.server.received)
        .containsExactlyElementsOf(
            IntStream.of(3, 0, 9, 1, 7, 2).mapToObj(i -> fromReader("word " + i)).toList());
  }

  @Test
  void anAuthenticatedPathLeavesDatagramsAsTheyAre() throws Exception {
    pair = UdpPair.connected(AUTHENTICATED, AUTHENTICATED);
    byte[] sent = seal("as it is");
    assertThat(sent).isEqualTo("as it is".getBytes(UTF_8));
    arrive(sent);
    arrive(sent);
    assertThat(pair.server.received)
        .containsExactly(fromReader("as it is"), fromReader("as it is"));
  }

  @Test
  void theStricterSecurityHolds() throws Exception {
    sealsBothWays(AUTHENTICATED, ENCRYPTED);
    sealsBothWays(ENCRYPTED, AUTHENTICATED);
  }

  private void sealsBothWays(Security ofClient, Security ofServer) throws Exception {
    pair = UdpPair.connected(ofClient, ofServer);
    arrive("plain".getBytes(UTF_8));
    pair.client.arrive("plain".getBytes(UTF_8), pair.server.address);
    assertThat(pair.server.received).isEmpty();
    assertThat(pair.client.received).isEmpty();
    pair.send(pair.client, pair.sensor, "question");
    pair.send(pair.server, pair.reader, "answer");
    assertThat(pair.server.received).containsExactly(fromReader("question"));
    assertThat(pair.client.received).singleElement().asString().endsWith(" answer");
  }

  private byte[] seal(String text) {
    return pair.sealed(pair.client, pair.sensor, text);
  }

  /** At the server, as if from the client. */
  private void arrive(byte[] octets) {
    pair.server.arrive(octets, pair.client.address);
  }

  private void nothingWasDelivered(int rejected) {
    assertThat(pair.server.received).isEmpty();
    assertThat(pair.server.rejected).isEqualTo(rejected);
  }

  private String fromReader(String text) {
    return pair.reader.getAddress().getHostAddress() + " " + text;
  }
}
