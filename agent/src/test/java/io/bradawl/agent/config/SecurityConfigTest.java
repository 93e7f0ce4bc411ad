package io.bradawl.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bradawl.protocol.access.AccessPolicy;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.signal.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityConfigTest {

  private static final String SECRET = "hush-0123456789-abcdefghijklmnopqrstuvwxyz-x";

  @TempDir Path directory;

  @Test
  void hasDefaults() throws ConfigException {
    SecurityConfig config = arguments("").security();
    assertThat(config.realmSecret()).isNull();
    assertThat(config.identityKey()).isNull();
    assertThat(config.expose().include(Transport.TCP, 80)).isTrue();
  }

  @Test
  void letsInNobodyButTheRealm() throws ConfigException {
    assertThat(arguments("").security().allow()).isEqualTo(AccessPolicy.NOBODY);
    assertThat(arguments("secret=" + SECRET).security().allow()).isEqualTo(AccessPolicy.REALM);
    assertThat(arguments("allow=*").security().allow()).isEqualTo(AccessPolicy.EVERYONE);
  }

  @Test
  void readsTheSecretFromItsFileWithoutRemark() throws ConfigException, IOException {
    Path file = privately("secret", SECRET + "\n");
    AgentConfig config = arguments("secret.file=" + file);
    assertThat(Objects.requireNonNull(config.security().realmSecret()).toByteArray())
        .asString()
        .isEqualTo(SECRET);
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void warnsOfSecretsThatOthersCanSee() throws ConfigException, IOException {
    assertThat(arguments("secret=" + SECRET).warnings())
        .singleElement()
        .asString()
        .contains("bradawl.secret (agent argument)", "list of processes", "bradawl.secret.file")
        .doesNotContain("hush");
    assertThat(read("", Map.of("BRADAWL_SECRET", SECRET)).warnings())
        .singleElement()
        .asString()
        .contains("programs that the application starts")
        .doesNotContain("hush");
    Path file = privately("bradawl.properties", "secret=" + SECRET);
    assertThat(arguments("config=" + file).warnings()).isEmpty();
  }

  @Test
  void noTextShowsASecret() throws ConfigException {
    Path key = directory.resolve("key");
    AgentConfig config = arguments("secret=" + SECRET + ",identity=" + key);
    assertThat(config.toString()).doesNotContain("hush");
    assertThat(new Setting(Key.SECRET, SECRET, "x").toString()).doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret=hush",
        "secret=hush-hush-hush-hush-hush-hush-hush-hush",
        "secret=0123456789-abcdefghijklmnopqrstuvwxyz,hush",
        "secret=0123456789-abcdefghijklmnopqrstuvwxyz,hush=hush",
        "secret=0123456789-abcdefghijklmnopqrstuvwxyz hush"
      })
  void noErrorShowsASecret(String argument) {
    assertThatThrownBy(() -> arguments(argument))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("agent argument")
        .hasMessageNotContaining("hush")
        .hasMessageNotContaining("abc");
  }

  @Test
  void twoSecretsAreOneTooMany() throws IOException {
    Path file = privately("secret", SECRET);
    assertThatThrownBy(() -> arguments("secret=" + SECRET + ",secret.file=" + file))
        .hasMessageContaining("bradawl.secret.file=")
        .hasMessageContaining("remove one of the two")
        .hasMessageNotContaining("hush");
  }

  @Test
  void refusesASecretThatOthersCanRead() throws IOException {
    Path secret = open(privately("secret", SECRET));
    assertThatThrownBy(() -> arguments("secret.file=" + secret))
        .hasMessageContaining("bradawl.secret.file=" + secret)
        .hasMessageContaining("chmod o-rwx,g-w " + secret);
    Path config = open(privately("bradawl.properties", "secret=" + SECRET));
    assertThatThrownBy(() -> arguments("config=" + config))
        .hasMessageContaining("bradawl.secret (file " + config)
        .hasMessageContaining("chmod o-rwx,g-w " + config)
        .hasMessageNotContaining("hush");
  }

  @Test
  void refusesABadSecretFileWithoutShowingIt() throws IOException {
    Path file = privately("secret", "hush");
    assertThatThrownBy(() -> arguments("secret.file=" + file))
        .hasMessageContaining("32 to 1024")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> arguments("secret.file=/nowhere/at/all"))
        .hasMessageContaining("there is no file");
  }

  @Test
  void makesTheKeyFileOnceAndOnlyIfAllElseIsWell() throws ConfigException {
    Path file = directory.resolve("key");
    assertThatThrownBy(() -> arguments("identity=" + file + ",allow=-"))
        .isInstanceOf(ConfigException.class);
    assertThat(file).doesNotExist();
    byte[] key =
        Objects.requireNonNull(arguments("identity=" + file).security().identityKey())
            .toByteArray();
    assertThat(
            Objects.requireNonNull(arguments("identity=" + file).security().identityKey())
                .toByteArray())
        .isEqualTo(key);
  }

  @Test
  void readsAccessAndExposure() throws ConfigException {
    SecurityConfig config =
        arguments("allow=web,realm;expose=tcp/80,udp/5000-5002;secret=" + SECRET).security();
    assertThat(config.allow()).isEqualTo(AccessPolicy.parse("realm,web"));
    assertThat(config.expose().include(Transport.TCP, 80)).isTrue();
    assertThat(config.expose().include(Transport.UDP, 80)).isFalse();
    assertThat(config.expose().include(Transport.UDP, 5002)).isTrue();
    assertThat(config.expose().include(Transport.UDP, 5003)).isFalse();
    assertThat(arguments("expose=none").security().expose().include(Transport.TCP, 80)).isFalse();
  }

  @Test
  void securityMayDifferByPort() {
    PathSecurity security = PathSecurity.parse("encrypted,authenticated:8443,authenticated:5-6");
    assertThat(security.of(80)).isEqualTo(Security.ENCRYPTED);
    assertThat(security.of(8443)).isEqualTo(Security.AUTHENTICATED);
    assertThat(security.of(6)).isEqualTo(Security.AUTHENTICATED);
    assertThat(PathSecurity.parse("authenticated:1").of(2)).isEqualTo(Security.ENCRYPTED);
    assertThat(PathSecurity.parse("authenticated,encrypted:1").of(1)).isEqualTo(Security.ENCRYPTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "allow=a.b | one DNS label",
        "allow=realm | of no realm",
        "allow=web;none | agent argument",
        "expose=8080 | tcp/<port> or udp/<port>",
        "expose=sctp/1 | tcp/<port> or udp/<port>",
        "expose=tcp/0 | is not a port",
        "expose=tcp/ | is not a port",
        "tcp.security=plain | neither encrypted nor authenticated",
        "udp.security=authenticated:0 | is not a port",
        "identity=/nowhere/at/all | there is no directory /nowhere/at",
        "identity=/ | is not a regular file"
      })
  void saysWhatIsWrong(String argument, String remedy) {
    ConfigException error =
        catchThrowableOfType(ConfigException.class, () -> arguments(argument.strip()));
    assertThat(error).hasMessageContaining(remedy);
  }

  @Test
  void refusesContradictions() {
    assertThatThrownBy(() -> ExposedPorts.parse("tcp/80,none"))
        .hasMessageContaining("cannot stand beside");
    assertThatThrownBy(() -> PathSecurity.parse("encrypted,authenticated"))
        .hasMessageContaining("second value");
    assertThatThrownBy(() -> PathSecurity.parse("encrypted:1-9,authenticated:5"))
        .hasMessageContaining("both");
  }

  @Test
  void encryptsUnlessToldOtherwise() throws ConfigException {
    SecurityConfig unset = arguments("").security();
    assertThat(unset.tcp().of(9092)).isEqualTo(Security.ENCRYPTED);
    assertThat(unset.udp().of(5683)).isEqualTo(Security.ENCRYPTED);
    SecurityConfig set = arguments("tcp.security=authenticated").security();
    assertThat(set.tcp().of(9092)).isEqualTo(Security.AUTHENTICATED);
    assertThat(set.udp().of(5683)).isEqualTo(Security.ENCRYPTED);
  }

  private Path privately(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static Path open(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private static AgentConfig arguments(String arguments) throws ConfigException {
    return read(arguments, Map.of());
  }

  private static AgentConfig read(String arguments, Map<String, String> environment)
      throws ConfigException {
    return Objects.requireNonNull(AgentConfig.read(arguments, new Properties(), environment));
  }
}
