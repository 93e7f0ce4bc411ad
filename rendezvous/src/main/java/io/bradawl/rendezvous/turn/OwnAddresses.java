package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.turn.AddressRules;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of this machine. */
final class OwnAddresses {

  private static final Logger LOG = LoggerFactory.getLogger("rendezvous.turn");

  private static final AddressRules PUBLIC =
      new AddressRules(List.of(), List.of(), Set.of(), Set.of());

  private OwnAddresses() {}

  /** All of them, without scope. */
  static Set<InetAddress> all() {
    return addresses().collect(Collectors.toSet());
  }

  /** One of each family under which others can reach the machine; loopback if none. */
  static List<InetAddress> reachable() {
    List<InetAddress> found =
        Stream.concat(
                first(a -> !(a instanceof Inet6Address)), first(Inet6Address.class::isInstance))
            .toList();
    return found.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : found;
  }

  /** A public one if there is any. */
  private static Stream<InetAddress> first(Predicate<InetAddress> family) {
    return addresses()
        .filter(family)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .sorted(Comparator.comparing(PUBLIC::allows).reversed())
        .limit(1);
  }

  private static Stream<InetAddress> addresses() {
    try {
      return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
          .flatMap(NetworkInterface::inetAddresses)
          .map(OwnAddresses::withoutScope);
    } catch (SocketException e) {
      LOG.warn("the addresses of this machine cannot be listed: {}", e.getMessage());
      return Stream.of();
    }
  }

  private static InetAddress withoutScope(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new AssertionError("an address is as long as an address", e);
    }
  }
}
