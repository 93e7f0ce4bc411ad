package io.bradawl.it.scene;

import io.bradawl.it.lab.Host;
import io.bradawl.it.run.JavaCommand;
import java.util.List;

/** A coturn that relays for one user, as an operator may have one running already. */
public final class Coturn {
  private static final String USER = "alice";
  private static final String PASSWORD = "wonder";

  private final Host host;

  private Coturn(Host host) {
    this.host = host;
  }

  /** Starts it on port 3478, UDP and TCP. */
  public static Coturn start(Scene scene, Host host) {
    List<String> command =
        List.of(
            "turnserver",
            "-n",
            "--lt-cred-mech",
            "--realm=lab",
            "--user=" + USER + ":" + PASSWORD,
            "--userdb=" + scene.directory().resolve("coturn.db"),
            "--no-cli",
            "--no-tls",
            "--no-dtls",
            "--verbose",
            "--simple-log",
            "--log-file=stdout",
            "--pidfile=" + scene.directory().resolve("coturn.pid"),
            "--listening-ip=" + host.address(),
            "--relay-ip=" + host.address());
    scene.start(host, "coturn", command).await("Total General servers", Scene.LIMIT);
    return new Coturn(host);
  }

  /** The command, told to use this coturn over that transport, {@code udp} or {@code tcp}. */
  public JavaCommand usedBy(JavaCommand command, String transport) {
    return command
        .agent("turn", "turn:" + host.address() + ":3478?transport=" + transport)
        .agent("turn.user", USER)
        .agent("turn.password", PASSWORD);
  }
}
