package io.bradawl.rendezvous.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class OperatorCommandLineTest {

  @Command(
      name = "sample",
      abbreviateSynopsis = true,
      mixinStandardHelpOptions = true,
      showDefaultValues = true)
  static final class Sample implements Callable<Integer> {
    @Mixin private ListenOptions listen = new ListenOptions();
    @Mixin private LimitOptions limits = new LimitOptions();
    @Mixin private ConfigOptions config = new ConfigOptions();

    @Override
    public Integer call() {
      return 0;
    }
  }

  private final Sample sample = new Sample();
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void commandLineBeatsFileBeatsEnvironment() throws IOException {
    environment.put("BRADAWL_RENDEZVOUS_MAX_CONNECTIONS", "1");
    environment.put("BRADAWL_RENDEZVOUS_MAX_OFFERS_PER_PEER", "1");
    environment.put("BRADAWL_RENDEZVOUS_MAX_JOINS_PER_SOURCE", "1");
    Path file = file("max-connections=2", "max-offers-per-peer = 2 ");
    assertThat(run("--config", file.toString(), "--max-connections", "3")).isZero();
    assertThat(sample.limits.limits().connections()).isEqualTo(3);
    assertThat(sample.limits.limits().quotas().offersPerPeer()).isEqualTo(2);
    assertThat(sample.limits.limits().quotas().joinsPerSource()).isEqualTo(1);
    assertThat(sample.limits.limits().quotas().processesPerPeer()).isEqualTo(64);
  }

  @Test
  void theEnvironmentNamesTheFileToo() throws IOException {
    environment.put("BRADAWL_RENDEZVOUS_CONFIG", file("silence=30").toString());
    assertThat(run()).isZero();
    assertThat(sample.limits.limits().silence()).hasSeconds(30);
  }

  @Test
  void severalValuesStandBetweenCommas() throws IOException {
    assertThat(run("--config", file("listen=127.0.0.1:1,[::1]:2").toString())).isZero();
    assertThat(sample.listen.addresses())
        .isEqualTo(List.of(new InetSocketAddress("127.0.0.1", 1), new InetSocketAddress("::1", 2)));
    assertThat(run("--listen", "127.0.0.1:1", "--listen=[::1]:2")).isZero();
    assertThat(sample.listen.addresses()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "max-conections, max-connections",
    "MaxConnections, max-connections",
    "listne, listen"
  })
  void aMisspeltKeyIsRefused(String key, String meant) throws IOException {
    Path file = file(key + "=1");
    assertThat(run("--config", file.toString())).isEqualTo(2);
    assertThat(text()).contains(key + " (file " + file + ")", "did you mean " + meant + "?");
  }

  @Test
  void aMisspeltVariableIsRefused() {
    environment.put("BRADAWL_RENDEZVOUS_LISTENS", "127.0.0.1");
    assertThat(run()).isEqualTo(2);
    assertThat(text()).contains("did you mean BRADAWL_RENDEZVOUS_LISTEN?");
  }

  @Test
  void aMisspeltOptionIsRefusedWithTheNearest() {
    assertThat(run("--max-conections", "5")).isEqualTo(2);
    assertThat(text()).contains("'--max-conections'", "did you mean --max-connections?", "--help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BRADAWL_RENDEZVOUS_SERVICE_HOST",
        "BRADAWL_RENDEZVOUS_SERVICE_PORT_STUN",
        "BRADAWL_RENDEZVOUS_PORT",
        "BRADAWL_RENDEZVOUS_PORT_3478_UDP_ADDR"
      })
  void whatKubernetesSetsForAServiceOfThatNameIsLeftAlone(String name) {
    environment.put(name, "tcp://10.0.0.1:3478");
    assertThat(run()).isZero();
  }

  @Test
  void anEmptyVariableIsNone() {
    environment.put("BRADAWL_RENDEZVOUS_MAX_CONNECTIONS", "");
    assertThat(run()).isZero();
    assertThat(sample.limits.limits().connections()).isEqualTo(20_000);
  }

  @Test
  void aBadValueIsShownWithItsSource() throws IOException {
    Path file = file("max-connections=none");
    assertThat(run("--config", file.toString())).isEqualTo(2);
    assertThat(text())
        .contains("--max-connections", "\"none\" is not a number from 1", "(file " + file + ")");
  }

  @Test
  void aFileThatIsMissingOrNamesAnotherIsRefused() throws IOException {
    assertThat(run("--config", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(text()).contains("none does not exist");
    assertThat(run("--config", file("config=x").toString())).isEqualTo(2);
    assertThat(text()).contains("cannot name a further file");
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() throws IOException {
    Path file = file("listen=127.0.0.1:1", "silence=30", "listen=127.0.0.1:2");
    assertThat(run("--config", file.toString())).isEqualTo(2);
    assertThat(text()).contains(file + " has listen more than once", "between commas");
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("binary"), new byte[] {'a', '=', (byte) 0xFF});
    assertThat(run("--config", file.toString())).isEqualTo(2);
    assertThat(text()).contains("is not in UTF-8");
  }

  @Test
  void helpListsEachFeatureUnderItsHeading() {
    assertThat(run("--help")).isZero();
    assertThat(text()).containsSubsequence("Listening:", "--listen", "Limits:", "--silence");
    assertThat(text()).containsOnlyOnce("Listening:").containsOnlyOnce("--max-connections=");
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("rendezvous.properties"), List.of(lines));
  }

  private int run(String... arguments) {
    PrintWriter writer = new PrintWriter(said, true, StandardCharsets.UTF_8);
    return new OperatorCommandLine(sample, environment).saying(writer).run(arguments);
  }

  private String text() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
