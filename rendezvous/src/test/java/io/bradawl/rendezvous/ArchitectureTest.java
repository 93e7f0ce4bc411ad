package io.bradawl.rendezvous;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.bradawl.protocol.EveryModule;
import org.junit.jupiter.api.Test;

/** What the server may see. */
class ArchitectureTest implements EveryModule {

  private static final String ROOT = "io.bradawl.rendezvous";
  private static final JavaClasses MODULE = EveryModule.in(ROOT);

  @Override
  public String rootPackage() {
    return ROOT;
  }

  @Test
  void seesTheProtocolOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.bradawl.agent..", "io.bradawl.runtime..")
        .check(MODULE);
  }

  @Test
  void directoryAndTelemetryArePureState() {
    noClasses()
        .that()
        .resideInAnyPackage("io.bradawl.rendezvous.directory", "io.bradawl.rendezvous.telemetry")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "java.net..", "java.nio..", "org.slf4j..")
        .check(MODULE);
  }

  /** Peers talk over channels; where these come from is the server's business. */
  @Test
  void signallingOpensNoSocket() {
    noClasses()
        .that()
        .resideInAnyPackage("io.bradawl.rendezvous.signal", "io.bradawl.rendezvous.admission")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty.bootstrap..", "io.bradawl.rendezvous.server..")
        .check(MODULE);
  }
}
