package io.bradawl.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What sans IO means, as a test. */
class ArchitectureTest implements EveryModule {

  private static final String ROOT = "io.bradawl.protocol";
  private static final JavaClasses MODULE = EveryModule.in(ROOT);

  @Override
  public String rootPackage() {
    return ROOT;
  }

  @Test
  void needsOnlyTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.bradawl.protocol..", "java..", "javax.crypto..", "org.jspecify..")
        .check(MODULE);
  }

  @Test
  void opensNoSocketAndNoFile() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.channels..", "java.nio.file..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.net\\.(.*Socket|InetAddress\\$.*|URL.*|NetworkInterface)")
        .check(MODULE);
  }

  @Test
  void readsNoClockStartsNoThreadAndDrawsNothing() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .check(MODULE);
  }
}
