package io.bradawl.protocol;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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

/** The rules of the house that hold in all modules; each module's ArchitectureTest adds its own. */
public interface EveryModule {

  /** The classes of a module, without its tests. */
  static JavaClasses in(String rootPackage) {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages(rootPackage);
  }

  /** The package under which all classes of the module are. */
  String rootPackage();

  @Test
  default void packagesFormNoCycles() {
    slices()
        .matching(rootPackage() + ".(**)")
        .should()
        .beFreeOfCycles()
        .check(EveryModule.in(rootPackage()));
  }

  @Test
  default void everyPackageIsNullMarked() {
    JavaClasses module = EveryModule.in(rootPackage());
    classes()
        .that()
        .haveSimpleName("package-info")
        .should(beAnnotatedWith(NullMarked.class))
        .check(module);
    Set<String> described =
        module.stream()
            .filter(type -> type.getSimpleName().equals("package-info"))
            .map(JavaClass::getPackageName)
            .collect(toSet());
    assertThat(module).extracting(JavaClass::getPackageName).allMatch(described::contains);
  }
}
