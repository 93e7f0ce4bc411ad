package io.bradawl.it.demo;

import io.bradawl.it.lab.Observer;
import io.bradawl.it.lab.Traffic;
import java.util.ArrayList;
import java.util.List;

/**
 * What the middle of the network saw: bytes from NAT to NAT, and bytes to and from the rendezvous.
 */
record Evidence(Observer observer, String serverNat, String clientNat, String rendezvous) {

  Traffic direct(String protocol) {
    return observer.between(serverNat, clientNat, protocol);
  }

  Traffic throughRendezvous() {
    Traffic all = Traffic.NONE;
    for (String nat : List.of(serverNat, clientNat)) {
      for (String protocol : List.of("tcp", "udp")) {
        all = all.plus(observer.between(nat, rendezvous, protocol));
      }
    }
    return all;
  }

  List<String> report() {
    List<String> lines = new ArrayList<>();
    for (String protocol : List.of("tcp", "udp")) {
      lines.add(line("NAT <-> NAT, " + protocol, direct(protocol)));
    }
    lines.add(line("NATs <-> rendezvous", throughRendezvous()));
    return lines;
  }

  private static String line(String what, Traffic traffic) {
    return "%-20s %,9d bytes in %,5d packets".formatted(what, traffic.bytes(), traffic.packets());
  }
}
