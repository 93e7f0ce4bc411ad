package io.bradawl.rendezvous;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the server may see. */
class ArchitectureTest {

  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.bradawl.rendezvous");

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

  @Test
  void packagesFormNoCycles() {
    slices().matching("io.bradawl.rendezvous.(**)").should().beFreeOfCycles().check(MODULE);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should(beAnnotatedWith(NullMarked.class))
        .check(MODULE);
    Set<String> described =
        MODULE.stream()
            .filter(type -> type.getSimpleName().equals("package-info"))
            .map(JavaClass::getPackageName)
            .collect(toSet());
    assertThat(MODULE).extracting(JavaClass::getPackageName).allMatch(described::contains);
  }
}
