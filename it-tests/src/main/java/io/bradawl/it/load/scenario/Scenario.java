package io.bradawl.it.load.scenario;

import io.bradawl.it.load.measure.Sample;
import io.bradawl.it.load.subject.Subject;
import java.time.Duration;

/** A kind of load. */
public interface Scenario {

  /** What is counted, per second. */
  String title();

  /** Octets that one of these carries for its users; 0 where that means nothing. */
  int octets();

  /** Loads a server for so long. */
  Sample run(Subject server, Duration time);

  /** Binding requests from 32 sockets, each with up to 8 under way. */
  static Scenario stun() {
    return new StunScenario();
  }

  /** As of a call: each peer sends one datagram at a time. */
  static Scenario calls(int octets) {
    return new RelayScenario("relayed packets, one by one", octets, 64, 1, 4);
  }

  /** As of a transfer: each peer sends several datagrams at once. */
  static Scenario transfers(int octets) {
    return new RelayScenario("relayed packets, 8 in a row", octets, 16, 8, 2);
  }

  /** As of a download: connections through the relay (RFC 6062), as fast as they go. */
  static Scenario bulk() {
    return new BulkScenario(4);
  }
}
