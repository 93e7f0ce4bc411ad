package io.bradawl.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.agent.config.AgentConfig;
import io.bradawl.agent.config.ConfigException;
import io.bradawl.agent.hook.Feature;
import io.bradawl.agent.log.AgentLog;
import io.bradawl.agent.log.LogLevel;
import io.bradawl.agent.weave.HookPoint;
import io.bradawl.agent.weave.WeaveCheck;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weaves every table into this JVM's own class files, without loading them. */
class HookTableTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reuse=on",
        "reuse=on,reuse.ports=80",
        "reuse=lazy,rendezvous=127.0.0.1:9",
        "rendezvous=127.0.0.1:9"
      })
  void everyPointIsThereAndCallsAMethodOfTheBridge(String arguments)
      throws ConfigException, IOException {
    AgentLog silent = new AgentLog(LogLevel.OFF, System.err);
    for (Feature feature : Features.of(config(arguments), silent).list()) {
      for (HookPoint point : feature.hookPoints()) {
        assertThat(WeaveCheck.problemsOf(point)).as(feature.name()).isEmpty();
      }
    }
  }

  private static AgentConfig config(String arguments) throws ConfigException {
    return Objects.requireNonNull(AgentConfig.read(arguments, new Properties(), Map.of()));
  }
}
