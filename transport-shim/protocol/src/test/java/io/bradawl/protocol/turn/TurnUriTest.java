package io.bradawl.protocol.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.address.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7065 section 3.1 and its examples in appendix A. */
class TurnUriTest {

  @ParameterizedTest
  @CsvSource({
    "turn:example.org, false, example.org, 3478,",
    "turns:example.org, true, example.org, 5349, TCP",
    "turn:example.org:8000, false, example.org, 8000,",
    "turn:example.org?transport=udp, false, example.org, 3478, UDP",
    "turn:example.org?transport=tcp, false, example.org, 3478, TCP",
    "turns:example.org?transport=tcp, true, example.org, 5349, TCP",
    "turns:192.0.2.1:443, true, 192.0.2.1, 443, TCP",
    "TURN:[2001:db8::1]:4000?transport=TCP, false, 2001:db8::1, 4000, TCP"
  })
  void reads(String text, boolean secure, String host, int port, Transport transport) {
    assertThat(TurnUri.parse(text)).isEqualTo(new TurnUri(secure, host, port, transport));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "turn:example.org:8000",
        "turns:example.org:5349",
        "turn:[2001:db8::1]:3478?transport=udp"
      })
  void writesWhatItReads(String text) {
    assertThat(TurnUri.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "turn:",
        "stun:example.org",
        "turn://example.org",
        "turn:example.org:0",
        "turn:example.org:65536",
        "turn:example.org?transport=sctp",
        "turn:a b"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> TurnUri.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void dtlsIsRefusedWithWhatIsAllowed() {
    assertThatThrownBy(() -> TurnUri.parse("turns:example.org?transport=udp"))
        .hasMessageContaining("DTLS")
        .hasMessageContaining("transport=tcp");
  }
}
