package io.bradawl.rendezvous.options;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.fuzz.Bound;
import io.bradawl.rendezvous.admission.RealmList;
import io.bradawl.rendezvous.json.JsonWriter;
import io.bradawl.rendezvous.turn.RelayAccess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What an operator writes, on the command line, in the configuration and in the lists of realms and
 * users: read, or refused in words. And any text as JSON, which stays printable ASCII in one line.
 */
class OperatorTextFuzzTest {

  private static final Path FILE = file();
  private static final Bound BOUND = new Bound(1 << 23, 1 << 14);

  /** Those whose values are neither host names nor files: a target looks nothing up. */
  @Command(name = "sample")
  static final class Sample implements Callable<Integer> {
    @Mixin private LimitOptions limits = new LimitOptions();
    @Mixin private DrainOptions drain = new DrainOptions();
    @Mixin private ConfigOptions config = new ConfigOptions();

    @Override
    public Integer call() {
      return 0;
    }
  }

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    BOUND.hold(input, OperatorTextFuzzTest::run);
  }

  private static void run(FuzzedDataProvider data) throws IOException {
    switch (data.consumeInt(0, 4)) {
      case 0 -> commandLine(data);
      case 1 -> realms(data.consumeRemainingAsString().lines().toList());
      case 2 -> configFile(data.consumeRemainingAsBytes());
      case 3 -> users(data.consumeRemainingAsBytes());
      default -> json(data.consumeRemainingAsString());
    }
  }

  private static void commandLine(FuzzedDataProvider data) {
    StringWriter said = new StringWriter();
    String[] names = {"max-connections", "silence", "max-offers-per-peer", "drain-seconds", "x"};
    String name = data.pickValue(names);
    var line =
        data.consumeBoolean()
            ? new OperatorCommandLine(
                new Sample(),
                Map.of(
                    "BRADAWL_RENDEZVOUS_" + name.toUpperCase(Locale.ROOT).replace('-', '_'),
                    data.consumeString(20)))
            : new OperatorCommandLine(new Sample(), Map.of());
    String argument = data.consumeRemainingAsString();
    int status = line.saying(new PrintWriter(said)).run("--" + name + "=" + argument);
    assertThat(status).isIn(0, 2);
    assertThat(said.toString().isBlank()).as("%s: %s", status, said).isEqualTo(status == 0);
  }

  private static void configFile(byte[] content) throws IOException {
    Path file = Files.write(FILE, content);
    StringWriter said = new StringWriter();
    int status =
        new OperatorCommandLine(new Sample(), Map.of())
            .saying(new PrintWriter(said))
            .run("--config=" + file);
    assertThat(said.toString().isBlank()).as("%s: %s", status, said).isEqualTo(status == 0);
  }

  private static void users(byte[] content) throws IOException {
    Path file = Files.write(FILE, content);
    try {
      RelayAccess.open("realm", null, file, Duration.ofHours(1));
    } catch (IOException expected) {
      assertThat(expected.getMessage()).contains(file.toString());
    }
  }

  private static Path file() {
    try {
      Path file = Files.createTempFile("bradawl", ".txt");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void realms(List<String> lines) {
    try {
      assertThat(RealmList.parse(lines).listed()).hasSizeLessThanOrEqualTo(lines.size());
    } catch (IllegalArgumentException expected) {
      assertThat(expected.getMessage()).startsWith("line ");
    }
  }

  private static void json(String text) {
    String json = new JsonWriter().object().put(text, text).endObject().toString();
    assertThat(json).matches("[ -~&&[^<>&]]*");
    assertThat(json.replaceAll("\\\\u[0-9a-f]{4}|\\\\[\"\\\\]", ""))
        .matches("\\{\"[^\"\\\\]*\":\"[^\"\\\\]*\"}");
  }
}
