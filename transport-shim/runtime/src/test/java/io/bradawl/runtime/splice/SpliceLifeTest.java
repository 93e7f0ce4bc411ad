package io.bradawl.runtime.splice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a splice takes it gives back; what is on its way when the process ends arrives. */
class SpliceLifeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Set<Thread> earlier = splicing().collect(Collectors.toSet());

  @Test
  void connectionsHoweverTheyEndLeaveNoFileDescriptorBehind() throws Exception {
    try (SpliceLoops loops = new SpliceLoops()) {
      endInAllWays(loops);
      long before = descriptors();
      for (int i = 0; i < 10; i++) {
        endInAllWays(loops);
      }
      await(() -> descriptors() <= before);
    }
  }

  private static void endInAllWays(SpliceLoops loops) throws Exception {
    List<SpliceEnd> outcomes = new ArrayList<>();
    for (int way = 0; way < 4; way++) {
      Ends ends = Ends.spliced(loops);
      ends.left().write(1_000);
      end(ends, way);
      await(() -> ends.outcomes().size() == 2);
      outcomes.addAll(ends.outcomes());
    }
    assertThat(outcomes)
        .contains(SpliceEnd.CLOSED, SpliceEnd.RESET_BY_APPLICATION, SpliceEnd.RESET_BY_PEER)
        .doesNotContain(SpliceEnd.ALTERED, SpliceEnd.CUT, SpliceEnd.FAILED);
  }

  private static void end(Ends ends, int way) throws Exception {
    switch (way) {
      case 0 -> {
        ends.right().read(1_000);
        ends.left().close();
        ends.right().readAll();
      }
      case 1 -> ends.left().reset();
      case 2 -> ends.right().awaitAvailable(1_000);
      default -> {
        ends.left().endOutput();
        ends.right().readAll();
        ends.right().reset();
      }
    }
    ends.close();
  }

  @Test
  void theThreadsAreFewAndEndWhenThereIsNothingToDo() throws Exception {
    try (SpliceLoops loops = new SpliceLoops(0)) {
      assertThat(threads()).as("before the first splice").isEmpty();
      List<Ends> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(Ends.spliced(loops));
      }
      assertThat(threads()).hasSizeBetween(1, 2);
      for (Ends ends : all) {
        ends.close();
      }
      await(() -> threads().isEmpty());
      talk(loops);
    }
    await(() -> threads().isEmpty());
  }

  private static void talk(SpliceLoops loops) throws IOException {
    try (Ends ends = Ends.spliced(loops)) {
      ends.left().write(10);
      assertThat(ends.right().read(10)).startsWith("10 octets");
    }
  }

  @Test
  void drainingSendsWhatWasWrittenAndEndsInOrder() throws Exception {
    try (SpliceLoops dying = new SpliceLoops();
        SpliceLoops surviving = new SpliceLoops();
        Ends ends = Ends.spliced(dying, surviving)) {
      ends.left().write(100_000);
      assertThat(dying.drain(PATIENCE)).isTrue();
      dying.close();
      assertThat(ends.right().readAll()).startsWith("100000 octets").endsWith("end");
    }
  }

  @Test
  void withoutDrainingTheEndOfTheProcessIsAReset() throws Exception {
    try (SpliceLoops dying = new SpliceLoops();
        SpliceLoops surviving = new SpliceLoops();
        Ends ends = Ends.spliced(dying, surviving)) {
      ends.left().write(100);
      assertThat(ends.right().read(100)).startsWith("100 octets");
      dying.close();
      assertThat(ends.right().readAll()).endsWith("Connection reset");
    }
  }

  @Test
  void drainingDoesNotWaitForeverForAPeerThatDoesNotRead() throws Exception {
    try (SpliceLoops loops = new SpliceLoops();
        Ends ends = Ends.spliced(loops)) {
      ends.left().writeUntilStalled();
      assertThat(loops.drain(Duration.ofMillis(50))).isFalse();
    }
  }

  /** What was read last need not fill a turn of the loop, nor leave anything for another one. */
  @Test
  void drainingEndsInOrderHoweverMuchHadToWait() throws Exception {
    List<Ends> all = new ArrayList<>();
    try (SpliceLoops dying = new SpliceLoops();
        SpliceLoops surviving = new SpliceLoops()) {
      for (int i = 0; i < 12; i++) {
        all.add(Ends.spliced(dying, surviving));
        all.get(i).left().writeUntilStalled();
      }
      CompletableFuture<Boolean> draining = new CompletableFuture<>();
      new Thread(() -> draining.complete(dying.drain(PATIENCE))).start();
      Thread.sleep(200); // the end is meant for what is still to be sent
      for (Ends ends : all) {
        assertThat(ends.right().readAll()).endsWith("end");
      }
      assertThat(draining.join()).isTrue();
    } finally {
      for (Ends ends : all) {
        ends.close();
      }
    }
  }

  @Test
  void drainingNothingIsDoneAtOnce() {
    try (SpliceLoops loops = new SpliceLoops()) {
      assertThat(loops.drain(Duration.ZERO)).isTrue();
    }
  }

  @Test
  void aPeerThatIsGoneAlreadyBecomesAReset() throws Exception {
    try (SpliceLoops loops = new SpliceLoops()) {
      LoopbackPair wire = LoopbackPair.open();
      new End(wire.own()).reset();
      SocketChannel other = LoopbackPair.open().application();
      try (Ends ends = Ends.spliced(loops, wire.application(), other)) {
        assertThat(ends.left().readAll()).endsWith("Connection reset");
      }
    }
  }

  /** But for those that earlier tests have ended and that are not quite gone. */
  private Set<Thread> threads() {
    return splicing().filter(thread -> !earlier.contains(thread)).collect(Collectors.toSet());
  }

  private static Stream<Thread> splicing() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("bradawl-splice"));
  }

  private static long descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
