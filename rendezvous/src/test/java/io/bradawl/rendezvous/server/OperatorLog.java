package io.bradawl.rendezvous.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What the server tells its operator from now on, instead of standard error. */
final class OperatorLog implements AutoCloseable {

  private final PrintStream usual = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  OperatorLog() {
    System.setErr(new PrintStream(said, true, UTF_8));
  }

  /** Waits until it has said so. */
  void await(String text) throws InterruptedException {
    while (!said.toString(UTF_8).contains(text)) {
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    System.setErr(usual);
    usual.print(said.toString(UTF_8));
  }
}
