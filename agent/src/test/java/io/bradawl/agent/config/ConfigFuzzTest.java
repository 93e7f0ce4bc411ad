package io.bradawl.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.fuzz.Bound;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Whatever a user writes: a configuration, or an error in words that does not show the secret. */
class ConfigFuzzTest {

  private static final Bound BOUND = new Bound(1 << 22, 1 << 14);

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    BOUND.hold(input, ConfigFuzzTest::run);
  }

  private static void run(FuzzedDataProvider data) {
    Properties properties = new Properties();
    Map<String, String> environment = new HashMap<>();
    for (int i = data.consumeInt(0, 4); i > 0; i--) {
      Key key = data.pickValue(Key.values());
      String value = data.consumeString(data.consumeInt(0, 60));
      if (readsFile(key)) {
        continue;
      }
      if (data.consumeBoolean()) {
        properties.setProperty(key.property(), value);
      } else {
        environment.put(key.variable(), value);
      }
    }
    String arguments = data.consumeRemainingAsString();
    if (namesFile(arguments)) {
      return;
    }
    try {
      AgentConfig config = AgentConfig.read(arguments, properties, environment);
      assertThat(config == null || !config.suffix().isEmpty()).isTrue();
    } catch (ConfigException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }

  /** A target reads none, so that it finds the same on every machine. */
  private static boolean readsFile(Key key) {
    return key == Key.CONFIG || key.property().contains("file") || key == Key.TLS_TRUST;
  }

  private static boolean namesFile(String arguments) {
    return arguments.contains("file")
        || arguments.contains("config")
        || arguments.contains("trust")
        || arguments.contains("@");
  }
}
