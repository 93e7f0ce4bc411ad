package io.bradawl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md promises nothing without a test. */
class SecurityDocumentTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern REFERENCE = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Map<String, String> tests = tests();
    String document = Files.readString(ROOT.resolve("docs/security.md"));
    assertThat(REFERENCE.matcher(document).results())
        .isNotEmpty()
        .allSatisfy(
            reference -> assertThat(tests.get(reference.group(1))).contains(code(reference)));
  }

  @Test
  void everyPromiseNamesATest() throws IOException {
    String document = Files.readString(ROOT.resolve("docs/security.md"));
    String promises =
        document.substring(document.indexOf("| Promise |"), document.indexOf("## What does not"));
    assertThat(promises.lines().filter(line -> line.startsWith("|")).skip(2))
        .isNotEmpty()
        .allMatch(line -> REFERENCE.matcher(line).find());
  }

  private static String code(MatchResult reference) {
    return reference.group(2) == null
        ? "class " + reference.group(1)
        : " void " + reference.group(2) + "(";
  }

  /** The source of each test by the name of its class. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    for (String module :
        new String[] {
          "agent", "rendezvous", "it-tests", "transport-shim/protocol", "transport-shim/runtime"
        }) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    return tests;
  }
}
