package io.bradawl.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads along what crosses a namespace, and tells whether some text was among it. */
public final class Wiretap implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /**
   * AF_PACKET, SOCK_RAW, ETH_P_ALL in network order; the kernel shows each frame on every interface
   * that it passes.
   */
  private static final String SCRIPT =
      """
      $| = 1;
      socket(my $frames, 17, 3, unpack("S", pack("n", 3))) or die "no raw socket: $!";
      print "tapping\\n";
      while (sysread($frames, my $frame, 70000)) {
        for my $text (@ARGV) { print "seen: $text\\n" if index($frame, $text) >= 0; }
      }
      """;

  private final Program program;

  private Wiretap(Program program) {
    this.program = program;
  }

  static Wiretap in(Namespace namespace, String... texts) {
    List<String> command = new ArrayList<>(List.of("perl", "-e", SCRIPT));
    command.addAll(List.of(texts));
    try {
      Program program = Program.start("wiretap", namespace.enter(command), Map.of(), Path.of("/"));
      program.await("tapping", LIMIT);
      return new Wiretap(program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the text has crossed, in one packet. */
  public boolean hasSeen(String text) {
    return program.lines().contains("seen: " + text);
  }

  /** Waits for the text to cross. */
  public void await(String text) {
    program.await("seen: " + text, LIMIT);
  }

  @Override
  public void close() {
    program.close();
  }
}
