package io.bradawl.protocol.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom clients of the relay cannot reach, each bypass that other servers fell for among them. */
class AddressRulesTest {

  private static final AddressRules OPEN =
      new AddressRules(List.of(), List.of(), Set.of(), Set.of());

  @ParameterizedTest
  @ValueSource(
      strings = {"8.8.8.8", "80.0.1.2", "223.255.255.254", "2606:4700::1111", "2a00:1450::200e"})
  void publicAddressesAreAllowed(String peer) {
    assertThat(OPEN.allows(ip(peer))).isTrue();
  }

  /** CVE-2020-26262: Linux takes 0.0.0.0 and :: for the host itself. */
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "0.0.0.1", "0.255.255.255", "::"})
  void unspecifiedAddressesAreDenied(String peer) {
    assertThat(OPEN.allows(ip(peer))).isFalse();
  }

  /** CVE-2018-4058: loopback. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "127.255.255.255", "::1"})
  void loopbackIsDenied(String peer) {
    assertThat(OPEN.allows(ip(peer))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "192.88.99.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255"
      })
  void special4AddressesAreDenied(String peer) {
    assertThat(OPEN.allows(ip(peer))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fe80::1",
        "febf::1",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "ff0e::1",
        "100::1",
        "2001:db8::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "3fff::1",
        "4000::1",
        "64:ff9b:1::1"
      })
  void special6AddressesAreDenied(String peer) {
    assertThat(OPEN.allows(ip(peer))).isFalse();
  }

  /** The forms by which an IPv4 address gets past rules for IPv4. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "::ffff:127.0.0.1", // mapped
        "::ffff:10.0.0.1",
        "::ffff:0.0.0.0",
        "::127.0.0.1", // compatible
        "::10.0.0.1",
        "::8.8.8.8",
        "::ffff:0:127.0.0.1", // translated, RFC 2765
        "64:ff9b::127.0.0.1", // NAT64
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
        "2002:7f00:1::1", // 6to4 of 127.0.0.1
        "2002:a00:1::1", // 6to4 of 10.0.0.1
        "2002:c0a8:101::1", // 6to4 of 192.168.1.1
        "2001:0:7f00:1:0:0:f7f7:f7f7", // Teredo, its server 127.0.0.1
        "2001:0:808:808:0:0:80ff:fffe", // Teredo, its client 127.0.0.1
        "2606:4700::5efe:127.0.0.1", // ISATAP
        "2606:4700::200:5efe:10.0.0.1"
      })
  void embeddedAddressesAreWorthWhatTheyEmbed(String peer) {
    assertThat(OPEN.allows(ip(peer))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "::ffff:8.8.8.8",
        "2606:4700::5efe:8.8.8.8"
      })
  void embeddedPublicAddressesAreAllowed(String peer) {
    assertThat(OPEN.allows(ip(peer))).isTrue();
  }

  /** A mapped address is held to the operator's rules for IPv4, too. */
  @Test
  void denialHoldsForTheMappedFormToo() {
    AddressRules rules =
        new AddressRules(List.of(), List.of(range("8.8.0.0/16")), Set.of(), Set.of());

    assertThat(rules.allows(ip("8.8.4.4"))).isFalse();
    assertThat(rules.allows(ip("::ffff:8.8.4.4"))).isFalse();
    assertThat(rules.allows(ip("8.9.4.4"))).isTrue();
  }

  @Test
  void denialWinsOverPermission() {
    AddressRules rules =
        new AddressRules(
            List.of(range("10.0.0.0/8")), List.of(range("10.1.0.0/16")), Set.of(), Set.of());

    assertThat(rules.allows(ip("10.2.0.1"))).isTrue();
    assertThat(rules.allows(ip("10.1.0.1"))).isFalse();
  }

  @Test
  void addressesOfTheServerMustBeAllowedByThemselves() {
    Set<InetAddress> own = Set.of(ip("80.0.1.2"), ip("10.0.0.5"), ip("2606:4700::5"));
    AddressRules closed = new AddressRules(List.of(), List.of(), own, Set.of());
    AddressRules networks =
        new AddressRules(
            List.of(range("10.0.0.0/8"), range("80.0.1.0/24")), List.of(), own, Set.of());
    AddressRules named = new AddressRules(List.of(range("10.0.0.5")), List.of(), own, Set.of());

    assertThat(own).noneMatch(closed::allows).noneMatch(networks::allows);
    assertThat(networks.allows(ip("10.0.0.6"))).isTrue();
    assertThat(named.allows(ip("10.0.0.5"))).isTrue();
  }

  @Test
  void addressesOfRelaysAreAllowedForTheirPortsAreWatched() {
    Set<InetAddress> own = Set.of(ip("80.0.1.2"));

    assertThat(new AddressRules(List.of(), List.of(), own, own).allows(ip("80.0.1.2"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129", "localhost", "1", "/8"})
  void otherTextIsNoRange(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AddressRange.parse(text))
        .withMessageContaining("\"" + text + "\"");
  }

  private static AddressRange range(String text) {
    return AddressRange.parse(text);
  }

  private static InetAddress ip(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
