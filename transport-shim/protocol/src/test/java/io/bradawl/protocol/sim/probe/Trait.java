package io.bradawl.protocol.sim.probe;

/** What a probe finds out. */
public enum Trait {
  UDP_MAPPING("UDP mapping depends on"),
  TCP_MAPPING("TCP mapping depends on"),
  UDP_PORT("UDP port"),
  TCP_PORT("TCP port"),
  UDP_SHARED_PORT("the same UDP port of two hosts, different remotes"),
  UDP_FILTERING("UDP filtering depends on"),
  TCP_FILTERING("TCP filtering depends on"),
  UDP_UNSOLICITED("an unsolicited datagram meets"),
  TCP_UNSOLICITED("an unsolicited SYN meets"),
  SIMULTANEOUS_OPEN("a SYN for a connection in SYN-SENT"),
  REFUSED_THEN_SYN("a SYN after the own one was refused"),
  HAIRPIN("a datagram from inside to an external address"),
  ERRORS("ICMP errors about own datagrams"),
  UDP_EARLY("own UDP flow to who has sent too early"),
  UDP_AFTER_EARLY("the next own UDP flow after that"),
  TCP_EARLY("own connection to who has tried too early"),
  SILENCE("silence of twice the UDP lifetime"),
  OUTBOUND("own datagrams keep the mapping"),
  INBOUND("the remote's datagrams keep the mapping"),
  STREAM("after both directions, silence may be");

  private final String label;

  Trait(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
