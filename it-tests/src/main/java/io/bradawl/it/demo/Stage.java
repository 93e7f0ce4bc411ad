package io.bradawl.it.demo;

import io.bradawl.it.lab.Lab;
import io.bradawl.it.lab.LabException;
import io.bradawl.it.lab.Launcher;
import io.bradawl.it.lab.Nat;
import io.bradawl.it.lab.NatBox;
import io.bradawl.it.lab.Program;
import io.bradawl.it.lab.Unsolicited;
import java.util.Optional;

/**
 * The machines of the demo.
 *
 * @param rendezvousAddress where the rendezvous is reached
 * @param db where the database server runs
 * @param sensor where the CoAP server runs
 * @param web where the clients run
 * @param evidence counts what passes between them; empty where everything is one machine
 */
record Stage(
    String description,
    String rendezvousAddress,
    Launcher rendezvous,
    Launcher db,
    Launcher sensor,
    Launcher web,
    Optional<Evidence> evidence,
    AutoCloseable release)
    implements AutoCloseable {

  /**
   * Between two NATs if this machine can, else on the loopback; the description says which and why.
   */
  static Stage open(boolean loopback) {
    if (loopback) {
      return onLoopback("as asked");
    }
    try {
      return betweenNats(Lab.open());
    } catch (LabException e) {
      return onLoopback(String.valueOf(e.getMessage()));
    }
  }

  private static Stage betweenNats(Lab lab) {
    var rendezvous = lab.publicHost("rendezvous");
    NatBox serverNat = lab.natBox("servers-nat", Nat.PORT_RESTRICTED, Unsolicited.DROP);
    NatBox clientNat = lab.natBox("client-nat", Nat.PORT_RESTRICTED, Unsolicited.DROP);
    var db = serverNat.host("db");
    var sensor = serverNat.host("sensor");
    var web = clientNat.host("web");
    String picture =
        """
          db     %-10s --+                                        +-- web %s
                               +-- NAT %-10s === NAT %-10s --+
          sensor %-10s --+         |               |
                                       +-- rendezvous --+
                                           %s
        """
            .formatted(
                db.address(),
                web.address(),
                serverNat.outside(),
                clientNat.outside(),
                sensor.address(),
                rendezvous.address());
    Evidence evidence =
        new Evidence(
            lab.observer(), serverNat.outside(), clientNat.outside(), rendezvous.address());
    return new Stage(
        picture, rendezvous.address(), rendezvous, db, sensor, web, Optional.of(evidence), lab);
  }

  private static Stage onLoopback(String reason) {
    String description =
        "  NO NATS HERE: everything runs on this machine's loopback (" + reason + ")\n";
    Launcher here = Program::start;
    return new Stage(description, "127.0.0.1", here, here, here, here, Optional.empty(), () -> {});
  }

  @Override
  public void close() throws Exception {
    release.close();
  }
}
