package io.bradawl.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.bradawl.protocol.EveryModule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the parts of the agent may see. */
class ArchitectureTest implements EveryModule {

  private static final String ROOT = "io.bradawl.agent";
  private static final JavaClasses MODULE = EveryModule.in(ROOT);

  @Override
  public String rootPackage() {
    return ROOT;
  }

  @Test
  void onlyHooksTouchTheBridge() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.bradawl.agent.hook..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("sun..")
        .check(MODULE);
  }

  @Test
  void theEntryPointsNeedOnlyTheJdk() {
    classes()
        .that()
        .resideInAPackage("io.bradawl.agent")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.bradawl.agent", "java..", "org.jspecify..")
        .check(MODULE);
  }

  @Test
  void theBridgeSeesTheJdkAndItselfOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "sun.nio.ch..", "sun.net..", "jdk.internal..")
        .check(new ClassFileImporter().importPath(Path.of("bridge/target/classes")));
  }
}
