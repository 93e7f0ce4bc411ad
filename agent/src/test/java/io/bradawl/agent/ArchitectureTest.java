package io.bradawl.agent;

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
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the parts of the agent may see. */
class ArchitectureTest {

  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.bradawl.agent");

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

  @Test
  void packagesFormNoCycles() {
    slices().matching("io.bradawl.agent.(**)").should().beFreeOfCycles().check(MODULE);
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
