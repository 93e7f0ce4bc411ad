package io.bradawl.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgentLogTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void writesTimeLevelAndMessageOnOneLine() {
    log(LogLevel.INFO).info("path up peer=db");
    assertThat(text())
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  bradawl  path up peer=db\\R");
  }

  @Test
  void writesNothingBelowItsLevel() {
    AgentLog log = log(LogLevel.WARN);
    log.info("no");
    log(LogLevel.OFF).error("no", null);
    assertThat(text()).isEmpty();
  }

  @Test
  void addsTheStackTrace() {
    log(LogLevel.INFO).error("broken", new IllegalStateException("why"));
    assertThat(text()).contains("ERROR bradawl  broken").contains("IllegalStateException: why");
  }

  @Test
  void tellsTheTimeAsTheJdkDoes() {
    var iso = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long millis = random.nextLong(-62_135_596_800_000L, 253_402_300_799_999L);
      StringBuilder line = new StringBuilder();
      Timestamp.append(line, millis);
      assertThat(line.toString()).isEqualTo(iso.format(Instant.ofEpochMilli(millis)));
    }
  }

  private AgentLog log(LogLevel level) {
    return new AgentLog(level, new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
