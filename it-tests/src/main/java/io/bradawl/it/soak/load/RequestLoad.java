package io.bradawl.it.soak.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A connection for each question: some messages, half-close where that is safe, the answers, the
 * end.
 */
final class RequestLoad implements Load {
  static final int INTERVAL_MILLIS = 8_000;

  private static final int PATIENCE_MILLIS = 8_000;
  private static final int MESSAGES = 3;

  private final Target target;
  private final Tally tally;

  RequestLoad(Target target, Tally tally) {
    this.target = target;
    this.tally = tally;
  }

  @Override
  public void run() throws IOException, WrongOctets, InterruptedException {
    try (Socket socket = target.connect(PATIENCE_MILLIS)) {
      try {
        tally.answered(ask(socket));
      } catch (IOException e) {
        tally.broken(e);
      }
    }
    Thread.sleep(INTERVAL_MILLIS);
  }

  private int ask(Socket socket) throws IOException, WrongOctets {
    long conversation = ThreadLocalRandom.current().nextLong();
    int length = 0;
    for (int number = 0; number < MESSAGES; number++) {
      byte[] octets = new Message(conversation, number).octets(MessageStream.LONGEST);
      socket.getOutputStream().write(octets);
      length += octets.length;
    }
    if (!target
        .isPlain()) { // coturn would end both directions, which only encrypted streams get along
      // with
      socket.shutdownOutput();
    }
    MessageStream answers = new MessageStream(socket.getInputStream(), target.isPlain());
    for (int number = 0; number < MESSAGES; number++) {
      check(answers.next(), new Message(conversation, number));
    }
    if (!target.isPlain() && answers.next() != null) {
      throw new WrongOctets("more came back than was sent");
    }
    return length;
  }

  private void check(@Nullable Message answer, Message sent) throws IOException, WrongOctets {
    if (answer == null && target.isPlain()) {
      throw new EOFException("the answers end early");
    }
    if (!sent.equals(answer)) {
      throw new WrongOctets(answer + " came back for " + sent);
    }
  }
}
