package io.bradawl.runtime.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.seal.Relaying;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same program over a plain connection and over a spliced one tells the same story. */
class SpliceParityTest {

  private static final SpliceLoops loops = new SpliceLoops();

  @AfterAll
  static void endLoops() {
    loops.close();
  }

  @ParameterizedTest
  @EnumSource
  void aSpliceBehavesAsAPlainConnection(Story story) throws Exception {
    List<Object> spliced = told(story, Ends.spliced(loops));
    assertThat(spliced).isEqualTo(told(story, Ends.plain())).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whateverIsKnownOfRelaysOnTheWay(Story story) throws Exception {
    List<Object> plain = told(story, Ends.plain());
    assertThat(told(story, Ends.relayed(loops, Relaying.RELAYED, Relaying.RELAYED)))
        .isEqualTo(plain);
    assertThat(told(story, Ends.relayed(loops, Relaying.FOREIGN, Relaying.FOREIGN)))
        .isEqualTo(plain);
    assertThat(told(story, Ends.relayed(loops, Relaying.FOREIGN, Relaying.RELAYED)))
        .isEqualTo(plain);
    assertThat(told(story, Ends.relayed(loops, Relaying.DIRECT, Relaying.FOREIGN)))
        .as("though one does not know of it")
        .isEqualTo(plain);
  }

  private static List<Object> told(Story story, Ends between) throws Exception {
    List<Object> seen = new ArrayList<>();
    try (between) {
      story.program.play(between.left(), between.right(), seen);
    }
    return seen;
  }

  /** Acts on two ends and tells what it sees. */
  interface Program {
    void play(End left, End right, List<Object> seen) throws Exception;
  }

  enum Story {
    TALK_OF_ALL_SIZES(
        (left, right, seen) -> {
          for (int size : new int[] {1, 2, 1_000, 16_383, 16_384, 16_385, 65_536, 65_537}) {
            left.write(size);
            seen.add(right.read(size));
            right.write(size);
            seen.add(left.read(size));
          }
        }),

    LARGE_TRANSFER_BOTH_WAYS_AT_ONCE(
        (left, right, seen) -> {
          CompletableFuture<String> atLeft = meanwhile(left::readAll);
          CompletableFuture<String> atRight = meanwhile(right::readAll);
          CompletableFuture<Integer> fromLeft = meanwhile(() -> writeMuch(left, 8_000_000));
          writeMuch(right, 9_000_000);
          fromLeft.join();
          seen.add(atLeft.join());
          seen.add(atRight.join());
        }),

    HALF_CLOSE_LEAVES_THE_OTHER_DIRECTION_OPEN(
        (left, right, seen) -> {
          left.write(1_000);
          left.endOutput();
          seen.add(right.readAll());
          right.write(200_000);
          right.write(10);
          right.close();
          seen.add(left.readAll());
        }),

    BOTH_HALF_CLOSE_AT_ONCE(
        (left, right, seen) -> {
          left.write(10);
          right.write(20);
          left.endOutput();
          right.endOutput();
          seen.add(right.readAll());
          seen.add(left.readAll());
        }),

    CLOSE_DELIVERS_WHAT_WAS_WRITTEN(
        (left, right, seen) -> {
          left.write(300_000);
          left.close();
          seen.add(right.readAll());
        }),

    CLOSE_WITH_LINGER_DELIVERS_WHAT_WAS_WRITTEN(
        (left, right, seen) -> {
          CompletableFuture<String> atRight = meanwhile(right::readAll);
          left.socket().setSoLinger(true, 5);
          left.write(1_000_000);
          left.close();
          seen.add(atRight.join());
        }),

    WRITING_TO_WHO_HAS_CLOSED_IS_REFUSED(
        (left, right, seen) -> {
          left.close();
          seen.add(right.readAll());
          seen.add(right.writeUntilRefused());
        }),

    RESET_COMES_AFTER_WHAT_WAS_WRITTEN(
        (left, right, seen) -> {
          left.write(5_000);
          left.reset();
          seen.add(right.readAll());
          seen.add(right.writeUntilRefused());
        }),

    CLOSE_WITH_UNREAD_DATA_IS_A_RESET(
        (left, right, seen) -> {
          right.write(100);
          seen.add(left.awaitAvailable(100));
          left.write(7);
          left.close();
          seen.add(right.readAll());
        }),

    CLOSE_WITH_UNREAD_DATA_AFTER_HALF_CLOSE(
        (left, right, seen) -> {
          left.endOutput();
          seen.add(right.readAll());
          right.write(100);
          seen.add(left.awaitAvailable(100));
          left.close();
          seen.add(right.writeUntilRefused());
        }),

    RESET_AFTER_THE_OTHER_HALF_CLOSED(
        (left, right, seen) -> {
          left.endOutput();
          seen.add(right.readAll());
          right.reset();
          seen.add(left.readAll());
        }),

    RESET_AFTER_OWN_HALF_CLOSE_REFUSES_THE_WRITER(
        (left, right, seen) -> {
          left.endOutput();
          seen.add(right.readAll());
          left.reset();
          seen.add(right.writeUntilRefused());
        }),

    A_STALLED_READER_STALLS_THE_WRITER_AND_LOSES_NOTHING(
        (left, right, seen) -> {
          long stalled = left.writeUntilStalled();
          CompletableFuture<String> atRight = meanwhile(right::readAll);
          int rest = 150_000_000 - (int) stalled; // more than the kernel may hold on the way
          left.socket().getOutputStream().write(new byte[rest]);
          left.close();
          seen.add(rest > 0 ? "stalled" : "buffers without bound");
          seen.add(atRight.join());
        }),

    CLOSE_REFUSES_A_STALLED_WRITER(
        (left, right, seen) -> {
          left.writeUntilStalled();
          right.close();
          seen.add(left.writeUntilRefused());
        }),

    INPUT_SHUT_DOWN_HERE_IS_NO_CONCERN_OF_THE_OTHER(
        (left, right, seen) -> {
          left.socket().shutdownInput();
          seen.add(left.socket().isInputShutdown());
          seen.add(left.readAll());
          right.write(100);
          left.write(100);
          seen.add(right.read(100));
          seen.add(left.readAll());
        }),

    READ_TIMES_OUT_AND_GOES_ON(
        (left, right, seen) -> {
          left.socket().setSoTimeout(20);
          try {
            left.socket().getInputStream().read();
            seen.add("read");
          } catch (SocketTimeoutException e) {
            seen.add(e.getMessage());
          }
          left.socket().setSoTimeout(End.PATIENCE_MILLIS);
          right.write(10);
          seen.add(left.read(10));
        }),

    AVAILABLE_TELLS_WHAT_HAS_ARRIVED(
        (left, right, seen) -> {
          seen.add(right.awaitAvailable(0));
          left.write(20_000);
          seen.add(right.awaitAvailable(20_000));
          left.close();
          seen.add(right.awaitAvailable(20_000));
          seen.add(right.readAll());
          seen.add(right.awaitAvailable(0));
        }),

    FILES_ARE_TRANSFERRED(
        (left, right, seen) -> {
          Path sent = Files.createTempFile("splice", "sent");
          Path received = Files.createTempFile("splice", "received");
          Files.write(sent, End.octets(3_000_000));
          CompletableFuture<Long> sending = meanwhile(() -> send(sent, left));
          receive(right, received);
          sending.join();
          seen.add(Files.mismatch(sent, received));
          Files.delete(sent);
          Files.delete(received);
        }),

    AN_URGENT_OCTET_IS_NOT_PART_OF_THE_STREAM(
        (left, right, seen) -> {
          left.write(10);
          left.socket().sendUrgentData(1);
          left.write(10);
          left.close();
          seen.add(right.readAll());
        }),

    OPTIONS_ARE_THOSE_OF_A_NEW_SOCKET(
        (left, right, seen) -> {
          Socket socket = left.socket();
          seen.add(socket.getKeepAlive());
          seen.add(socket.getTcpNoDelay());
          seen.add(socket.getSoLinger());
          seen.add(socket.getOOBInline());
          seen.add(socket.getTrafficClass());
          socket.setKeepAlive(true);
          socket.setTcpNoDelay(true);
          socket.setSoLinger(true, 3);
          socket.setTrafficClass(0x10);
          socket.setOOBInline(true);
          seen.add(socket.getKeepAlive() + " " + socket.getTcpNoDelay());
          seen.add(socket.getSoLinger() + " " + socket.getTrafficClass());
          left.write(10);
          seen.add(right.read(10));
          seen.add(socket.isConnected() + " " + socket.isClosed() + " " + socket.isBound());
        });

    private final Program program;

    Story(Program program) {
      this.program = program;
    }

    /** On a thread of its own, because it blocks: the common pool may have a single one. */
    private static <T> CompletableFuture<T> meanwhile(Supplier<T> task) {
      return CompletableFuture.supplyAsync(task, run -> new Thread(run, "meanwhile").start());
    }

    private static int writeMuch(End end, int octets) {
      try {
        end.write(octets);
        end.endOutput();
        return octets;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static long send(Path file, End end) {
      try (FileChannel from = FileChannel.open(file)) {
        long at = 0;
        while (at < from.size()) {
          at += from.transferTo(at, from.size() - at, end.channel());
        }
        end.endOutput();
        return at;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void receive(End end, Path file) throws IOException {
      try (FileChannel into = FileChannel.open(file, StandardOpenOption.WRITE)) {
        long at = 0;
        for (long n = 1; n > 0; at += n) {
          n = into.transferFrom(end.channel(), at, 100_000);
        }
      }
    }
  }
}
