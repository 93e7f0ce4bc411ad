package io.bradawl.protocol.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.path.Proof;
import io.bradawl.protocol.seal.StreamWindow;
import io.bradawl.protocol.signal.Signal.Reason;
import io.bradawl.protocol.stun.AttributeType;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunMethod;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The tables of docs/protocol.md say what the code does. */
class ProtocolDocumentTest {

  private final List<String> lines = read();

  @Test
  void methods() throws IllegalAccessException {
    Map<String, Integer> expected = constants(SignalMethod.class);
    expected.putAll(constants(StunMethod.class));

    assertThat(hexTable("Method")).isEqualTo(expected);
  }

  @Test
  void attributes() throws IllegalAccessException {
    Map<String, Integer> expected = constants(SignalAttribute.class);
    expected.putAll(constants(AttributeType.class));

    assertThat(hexTable("Attribute")).isEqualTo(expected);
  }

  @Test
  void errors() {
    Map<String, Integer> expected = new TreeMap<>();
    for (Reason reason : Reason.values()) {
      expected.put(reason.name(), reason.code());
    }
    Map<String, Integer> documented = new TreeMap<>();
    rows("Code").forEach(row -> documented.put(row.get(1), Integer.valueOf(row.get(0))));

    assertThat(documented).isEqualTo(expected);
  }

  @Test
  void candidateKinds() {
    Map<String, Integer> expected = new TreeMap<>();
    for (Candidate.Kind kind : Candidate.Kind.values()) {
      expected.put(kind.name(), kind.ordinal());
    }
    Map<String, Integer> documented = new TreeMap<>();
    rows("Kind").forEach(row -> documented.put(row.get(0), Integer.valueOf(row.get(1))));

    assertThat(documented).isEqualTo(expected);
  }

  @Test
  void limits() {
    assertThat(limit("octets of a message to or from")).isEqualTo(SignalCodec.MAX_MESSAGE);
    assertThat(limit("octets of a control message")).isEqualTo(Proof.MAX_MESSAGE_LENGTH);
    assertThat(limit("attributes of a message")).isEqualTo(StunDecoder.MAX_ATTRIBUTES);
    assertThat(limit("services of a registration")).isEqualTo(SignalCodec.MAX_SERVICES);
    assertThat(limit("octets of a DESCRIPTION")).isEqualTo(SignalCodec.MAX_DESCRIPTION);
    assertThat(limit("candidates of a path")).isEqualTo(PathDescription.MAX_CANDIDATES);
    assertThat(limit("characters of a reason")).isEqualTo(SignalCodec.MAX_TEXT);
  }

  @Test
  void versions() {
    assertThat(AttributeWriter.VERSION).isEqualTo(1);
    assertThat(PathDescriptionCodec.VERSION).isEqualTo(1);
    assertThat(lines).anyMatch(line -> line.contains("version (1 octet, now 1)"));
    assertThat(lines).anyMatch(line -> line.equals("| version | 1 | 1 |"));
  }

  @Test
  void times() {
    RegistrationTimes times = RegistrationTimes.DEFAULT;
    String text = String.join(" ", lines);

    assertThat(text)
        .contains("a Binding request every " + times.keepAlive().toSeconds() + " s")
        .contains("without answer for " + times.answer().toSeconds() + " s")
        .contains("pause, " + times.shortestPause().toMillis() / 1000.0 + " s at first")
        .contains("at most " + times.longestPause().toSeconds() + " s");
  }

  @Test
  void window() {
    assertThat(String.join(" ", lines))
        .contains("sends at most " + StreamWindow.SIZE + " octets of DATA records")
        .contains("told when there are " + StreamWindow.SIZE / 4 + ".");
  }

  private int limit(String start) {
    return rows("What").stream()
        .filter(row -> row.get(0).startsWith(start))
        .map(row -> Integer.parseInt(row.get(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no limit begins with: " + start));
  }

  /** Name to number, of all tables whose first column has that title. */
  private Map<String, Integer> hexTable(String title) {
    Map<String, Integer> table = new TreeMap<>();
    for (List<String> row : rows(title)) {
      if (!row.get(0).isEmpty()) {
        table.put(row.get(0), Integer.decode(row.get(1)));
      }
    }
    return table;
  }

  private List<List<String>> rows(String title) {
    boolean inside = false;
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines) {
      if (!line.startsWith("|")) {
        inside = false;
      } else if (line.startsWith("| " + title + " |")) {
        inside = true;
      } else if (inside && !line.startsWith("| ---")) {
        rows.add(cells(line));
      }
    }
    assertThat(rows).as("rows of the tables that begin with %s", title).isNotEmpty();
    return rows;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
  }

  private static Map<String, Integer> constants(Class<?> holder) throws IllegalAccessException {
    Map<String, Integer> constants = new TreeMap<>();
    for (Field field : holder.getFields()) {
      if (field.getType() == int.class) {
        constants.put(field.getName().replace('_', '-'), field.getInt(null));
      }
    }
    return constants;
  }

  private static List<String> read() {
    try {
      return Files.readAllLines(Path.of("../../docs/protocol.md"));
    } catch (IOException e) {
      throw new AssertionError("docs/protocol.md cannot be read", e);
    }
  }
}
