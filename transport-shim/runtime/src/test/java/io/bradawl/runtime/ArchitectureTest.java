package io.bradawl.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.bradawl.protocol.EveryModule;
import org.junit.jupiter.api.Test;

/** What the runtime may see. */
class ArchitectureTest implements EveryModule {

  private static final String ROOT = "io.bradawl.runtime";
  private static final JavaClasses MODULE = EveryModule.in(ROOT);

  @Override
  public String rootPackage() {
    return ROOT;
  }

  @Test
  void seesNeitherTheAgentNorTheInsidesOfTheJdk() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.bradawl.agent..", "io.bradawl.rendezvous..", "sun..", "jdk.internal..")
        .check(MODULE);
  }
}
