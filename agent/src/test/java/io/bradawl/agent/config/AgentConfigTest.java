package io.bradawl.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bradawl.agent.log.LogLevel;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.runtime.address.VirtualRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentConfigTest {

  private static final String SECRET = "hush-0123456789-abcdefghijklmnopqrstuvwxyz-x";
  private static final String ID = "a".repeat(52);

  @TempDir Path directory;

  @Test
  void hasTheDocumentedDefaults() throws ConfigException {
    AgentConfig config = arguments("");
    assertThat(config.reuse()).isEqualTo(Reuse.ON);
    assertThat(config.reusePorts()).isNull();
    assertThat(config.rendezvous()).isEmpty();
    assertThat(config.tlsTrust()).isNull();
    assertThat(config.name()).isNull();
    assertThat(config.peers()).isEmpty();
    assertThat(config.suffix()).isEqualTo("peer");
    assertThat(config.range()).isEqualTo(VirtualRange.parse("240.0.0.0/4"));
    assertThat(config.logLevel()).isEqualTo(LogLevel.INFO);
    assertThat(config.logFile()).isNull();
  }

  @Test
  void readsEveryProperty() throws ConfigException {
    AgentConfig config =
        arguments(
            "reuse=lazy;reuse.ports=80,5000-5002;rendezvous=a.example,[::1]:5,tls:10.0.0.1:6,tls:b;name=DB;secret="
                + SECRET
                + ";"
                + "peers=alice="
                + ID
                + ";suffix=My.Peers;range=241.0.0.0/8;log.level=debug;log.file="
                + directory.resolve("log")
                + ";onerror=continue;enabled=true");
    assertThat(config.reuse()).isEqualTo(Reuse.LAZY);
    assertThat(Objects.requireNonNull(config.reusePorts()).includes(5001)).isTrue();
    assertThat(config.rendezvous())
        .extracting(Object::toString)
        .containsExactly("a.example:3478", "[::1]:5", "tls:10.0.0.1:6", "tls:b:443");
    assertThat(config.name()).isEqualTo(new PeerName("db"));
    assertThat(config.peers()).isEqualTo(Map.of(new PeerName("alice"), PeerId.parse(ID)));
    assertThat(config.suffix()).isEqualTo("my.peers");
    assertThat(config.range()).isEqualTo(VirtualRange.parse("241.0.0.0/8"));
    assertThat(config.logLevel()).isEqualTo(LogLevel.DEBUG);
    assertThat(config.logFile()).isEqualTo(directory.resolve("log"));
  }

  @Test
  void strongerSourcesGoFirst() throws ConfigException, IOException {
    Path file = directory.resolve("bradawl.properties");
    Files.writeString(file, "name=file\nbradawl.suffix=file\nreuse=off\nlog.level=warn\n");
    Map<String, String> environment =
        Map.of("BRADAWL_NAME", "env", "BRADAWL_SUFFIX", "env", "BRADAWL_REUSE", "lazy");
    Properties properties = new Properties();
    properties.setProperty("bradawl.name", "property");
    properties.setProperty("bradawl.suffix", "property");
    AgentConfig config =
        read("name=argument,secret=" + SECRET + ",config=" + file, properties, environment);
    assertThat(config.name()).isEqualTo(new PeerName("argument"));
    assertThat(config.suffix()).isEqualTo("property");
    assertThat(config.reuse()).isEqualTo(Reuse.LAZY);
    assertThat(config.logLevel()).isEqualTo(LogLevel.WARN);
  }

  @Test
  void readsAliasesFromAFile() throws ConfigException, IOException {
    Path file = directory.resolve("peers");
    Files.writeString(file, "# ours\n\nalice = " + ID + "\n");
    assertThat(arguments("peers=@" + file).peers()).containsOnlyKeys(new PeerName("alice"));
  }

  @Test
  void isOffInEverySourceWhateverElseIsSet() throws ConfigException, IOException {
    Path file = directory.resolve("off.properties");
    Files.writeString(file, "enabled=false\n");
    Properties property = new Properties();
    property.setProperty("bradawl.enabled", "false");
    assertThat(AgentConfig.read("enabled=false,nonsense=1", new Properties(), Map.of())).isNull();
    assertThat(AgentConfig.read("", property, Map.of())).isNull();
    assertThat(AgentConfig.read("", new Properties(), Map.of("BRADAWL_ENABLED", "false"))).isNull();
    assertThat(AgentConfig.read("config=" + file, new Properties(), Map.of())).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enabled=yes | true, false",
        "reuse=onn | did you mean on",
        "reuse=lasy | did you mean lazy",
        "reuse.ports=0 | is not a port, 1..65535",
        "reuse.ports=70000 | is not a port",
        "reuse.ports=99999999999 | is not a port",
        "reuse.ports=9-5 | ends before it begins",
        "rendezvous=a:b | is not a port",
        "rendezvous=a:0 | is not a port",
        "rendezvous=::1 | without brackets",
        "rendezvous=[::1]5 | [address]:port",
        "rendezvous=a b | host[:port]",
        "rendezvous= | host[:port]",
        "rendezvous=tls: | host[:port]",
        "tls.trust=/nowhere/at/all | cannot be read",
        "tls.trust=/dev/null | no certificate",
        "name=a.b | one DNS label",
        "name=-a | one DNS label",
        "peers=alice | <name>=<peer id>",
        "peers=alice=abc | 52 base32 characters",
        "peers=@/nowhere/at/all | cannot be read",
        "suffix=.peer | not a domain name",
        "suffix=pe_er | not a domain name",
        "range=10.0.0.0/8 | inside 240.0.0.0/4",
        "range=240.0.0.0/25 | prefix of 4 to 24",
        "range=nonsense | 240.0.0.0/4",
        "log.level=verbose | off, error, warn, info, debug, trace",
        "log.file=/nowhere/at/all | no file can be written there",
        "config=/nowhere/at/all | cannot be read",
        "onerror=ignore | exit, continue"
      })
  void namesPropertyValueSourceAndRangeOfABadValue(String argument, String remedy) {
    String text = argument.strip();
    assertThatThrownBy(() -> arguments(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("bradawl." + text.substring(0, text.indexOf('=')))
        .hasMessageContaining(text.substring(text.indexOf('=') + 1))
        .hasMessageContaining("agent argument")
        .hasMessageContaining("allowed: ")
        .hasMessageContaining(remedy);
  }

  @ParameterizedTest
  @EnumSource(Key.class)
  void refusesWhatComesLaterWithoutRepeatingTheValue(Key key) {
    if (!key.isAvailable()) {
      assertThatThrownBy(() -> arguments(key.suffix() + "=hush"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(key.property())
          .hasMessageContaining("not available in this version (0.1)")
          .hasMessageNotContaining("hush");
    }
  }

  @Test
  void suggestsForNearMisses() {
    assertThatThrownBy(() -> arguments("rendezvuos=a")).hasMessageContaining("bradawl.rendezvous?");
    assertThatThrownBy(() -> read("", new Properties(), Map.of("BRADAWL_NAM", "a")))
        .hasMessageContaining("BRADAWL_NAME?");
    assertThatThrownBy(() -> arguments("quite.other=a")).hasMessageContaining("remove it");
  }

  @Test
  void saysHowToWriteCommasInAgentArguments() {
    assertThatThrownBy(() -> arguments("rendezvous=a,b,name=c"))
        .hasMessageContaining("\"b\"")
        .hasMessageContaining("';'");
  }

  @Test
  void aFileCannotNameAFurtherFile() throws IOException {
    Path file = directory.resolve("bradawl.properties");
    Files.writeString(file, "config=another\n");
    assertThatThrownBy(() -> arguments("config=" + file)).hasMessageContaining("further file");
  }

  @Test
  void aNameNeedsARealm() {
    assertThatThrownBy(() -> arguments("name=db"))
        .hasMessageContaining("bradawl.name=db")
        .hasMessageContaining("set bradawl.secret.file");
  }

  @Test
  void anEmptyVariableCountsAsNotSet() throws ConfigException {
    assertThat(read("", new Properties(), Map.of("BRADAWL_NAME", "")).name()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nmae=a,onerror=continue", "onerror=continue,reuse=sometimes"})
  void goesOnIfToldToWhereverThatStands(String arguments) {
    ConfigException error = catchThrowableOfType(ConfigException.class, () -> arguments(arguments));
    assertThat(error.exits()).isFalse();
  }

  @Test
  void exitsByDefault() {
    ConfigException error = catchThrowableOfType(ConfigException.class, () -> arguments("nmae=a"));
    assertThat(error.exits()).isTrue();
  }

  private static AgentConfig arguments(String arguments) throws ConfigException {
    return read(arguments, new Properties(), Map.of());
  }

  private static AgentConfig read(
      String arguments, Properties properties, Map<String, String> environment)
      throws ConfigException {
    return Objects.requireNonNull(AgentConfig.read(arguments, properties, environment));
  }
}
