package io.bradawl.rendezvous.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** Whose quota counts. */
class SourceTest {

  @Test
  void oneNetworkOfIpv6IsOneSource() {
    assertThat(of("2001:db8:1:2::1")).isEqualTo(of("2001:db8:1:2:aaaa:bbbb:cccc:dddd"));
    assertThat(of("2001:db8:1:2::1")).isNotEqualTo(of("2001:db8:1:3::1"));
  }

  @Test
  void everyIpv4AddressIsASourceHoweverItIsWritten() {
    assertThat(of("192.0.2.1")).isNotEqualTo(of("192.0.2.2"));
    assertThat(of("::ffff:192.0.2.1")).isEqualTo(of("192.0.2.1"));
    assertThat(of("192.0.2.1")).isNotEqualTo(of("::"));
  }

  private static Source of(String ip) {
    try {
      return Source.of(InetAddress.getByName(ip));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
