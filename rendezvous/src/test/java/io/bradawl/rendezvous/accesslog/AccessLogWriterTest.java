package io.bradawl.rendezvous.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.rendezvous.telemetry.AccessEvent;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Measures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AccessLogWriterTest {

  private final Measures measures = new Measures();

  @TempDir private Path folder;

  @Test
  void writesALineOfJsonForEachEvent() throws IOException {
    Path file = folder.resolve("access.log");
    try (AccessLogWriter log = AccessLogWriter.toFile(file, measures)) {
      log.record(refused("first"));
      log.record(refused("say \"no\"\nto\u2028it"));
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .matches("\\{\"time\":\"20[-0-9T:.]+Z\",\"event\":\"registration refused\",.*\"first\"}");
    assertThat(lines.get(1)).endsWith("\"text\":\"say \\\"no\\\"\\u000ato\\u2028it\"}");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertThat(measures.sum(Measure.ACCESS_LOG_LINES)).isEqualTo(2);
  }

  @Test
  void aFileThatCannotBeOpenedIsNamedWithTheRemedy() {
    Path lost = folder.resolve("none").resolve("access.log");
    assertThatThrownBy(() -> AccessLogWriter.toFile(lost, measures))
        .hasMessage("access log " + lost + " cannot be made; make its folder first");
    assertThatThrownBy(() -> AccessLogWriter.toFile(folder, measures))
        .hasMessage("access log " + folder + " cannot be opened: Is a directory");
  }

  @Test
  void goesOnInANewFileOnceTheOldOneWasMoved() throws Exception {
    Path file = folder.resolve("access.log");
    Path moved = folder.resolve("access.log.1");
    try (AccessLogWriter log = AccessLogWriter.toFile(file, measures)) {
      log.record(refused("before"));
      await(file, "before");
      Files.move(file, moved);
      log.reopen();
      while (!Files.exists(file)) {
        Thread.sleep(10);
      }
      log.record(refused("after"));
    }
    assertThat(moved).content().contains("before").doesNotContain("after");
    assertThat(file).content().contains("after").doesNotContain("before");
  }

  @Test
  void leavesNoHoleWhenTheFileIsTruncated() throws Exception {
    Path file = folder.resolve("access.log");
    try (AccessLogWriter log = AccessLogWriter.toFile(file, measures)) {
      log.record(refused("before"));
      await(file, "before");
      Files.write(file, new byte[0]);
      log.record(refused("after"));
    }
    assertThat(Files.readAllLines(file)).singleElement().asString().contains("after");
  }

  @Test
  void dropsCountsAndTellsWhatASlowDiskCannotTake() throws Exception {
    CountDownLatch disk = new CountDownLatch(1);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int octet) {
            written.write(octet);
          }

          @Override
          public void write(byte[] octets, int from, int length) throws IOException {
            try {
              disk.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            written.write(octets, from, length);
          }
        };
    int many = 40_000;
    try (AccessLogWriter log = new AccessLogWriter(() -> slow, measures)) {
      for (int i = 0; i < many; i++) {
        log.record(refused("x"));
      }
      assertThat(measures.sum(Measure.ACCESS_LOG_DROPPED)).isPositive();
      disk.countDown();
      // A slow machine may need more for so many than is waited for in the end.
      while (measures.sum(Measure.ACCESS_LOG_LINES) + measures.sum(Measure.ACCESS_LOG_DROPPED)
          < many) {
        Thread.sleep(10);
      }
    }
    long dropped = measures.sum(Measure.ACCESS_LOG_DROPPED);
    assertThat(measures.sum(Measure.ACCESS_LOG_LINES) + dropped).isEqualTo(many);
    assertThat(
            Pattern.compile("\"event\":\"events lost\",\"number\":(\\d+)}")
                .matcher(written.toString(StandardCharsets.US_ASCII))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum())
        .isEqualTo(dropped);
  }

  @Test
  void survivesADiskThatIsFull() throws IOException {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    try (AccessLogWriter log = new AccessLogWriter(() -> full, measures)) {
      log.record(refused("x"));
    }
    assertThat(measures.sum(Measure.ACCESS_LOG_DROPPED)).isEqualTo(1);
    assertThat(measures.sum(Measure.ACCESS_LOG_LINES)).isZero();
  }

  @Test
  void namesAFileThatCannotBeOpened() {
    Path file = folder.resolve("no").resolve("such");
    assertThatThrownBy(() -> AccessLogWriter.toFile(file, measures))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  private static void await(Path file, String text) throws Exception {
    while (!Files.readString(file).contains(text)) {
      Thread.sleep(10);
    }
  }

  private static AccessEvent refused(String text) {
    return new AccessEvent.RegistrationRefused(
        new PeerId(Octets.of(new byte[PeerId.LENGTH])),
        new TransportAddress(InetAddress.getLoopbackAddress(), 1),
        "quota",
        text);
  }
}
