package io.bradawl.rendezvous.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class ListenAddressTest {

  private final ListenAddress converter = new ListenAddress();

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1:80, 192.0.2.1, 80",
    "192.0.2.1, 192.0.2.1, 3478",
    ":5000, 0.0.0.0, 5000",
    "[::1]:5000, ::1, 5000",
    "[::1], ::1, 3478",
    "127.0.0.1:0, 127.0.0.1, 0",
  })
  void reads(String text, String host, int port) {
    assertThat(converter.convert(text)).isEqualTo(new InetSocketAddress(host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "'', is not of the form",
    "::1:80, is not of the form",
    "127.0.0.1:x, is not of the form",
    "127.0.0.1:65536, outside 0..65535",
    "no.such.host.invalid:80, is unknown",
  })
  void refuses(String text, String message) {
    assertThatThrownBy(() -> converter.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining(message);
  }
}
