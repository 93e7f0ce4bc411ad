package io.bradawl.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the class files of the JDK as they are used. */
class UntouchedIT {

  private static final String NET = "sun/nio/ch/Net ";

  static List<Path> homes() {
    return Jdks.homes();
  }

  @ParameterizedTest
  @MethodSource("homes")
  void anAgentThatIsOffChangesNoOctet(Path home, @TempDir Path folder) throws Exception {
    String witness = "-javaagent:" + Witness.jar(folder);
    List<String> without = lines(new AgentJvm(home).option(witness));
    List<String> off = lines(new AgentJvm(home).agent("enabled=false").option(witness));
    List<String> on = lines(new AgentJvm(home).agent("").option(witness));
    assertThat(off).hasSizeGreaterThan(10).isSubsetOf(without); // it has loaded some before
    assertThat(off).anyMatch(line -> line.startsWith(NET));
    assertThat(on).anyMatch(line -> line.startsWith(NET) && !without.contains(line));
  }

  private static List<String> lines(AgentJvm jvm) throws Exception {
    return jvm.run(Witness.class).out().lines().toList();
  }
}
