package io.bradawl.it.soak.load;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One long connection with a burst of messages now and then; another one as soon as it breaks, or
 * nothing comes back for long.
 */
final class StreamLoad implements Load {
  static final int INTERVAL_MILLIS = 1_000;

  private static final int PATIENCE_MILLIS = 12_000;
  private static final int BURST = 8;

  private final Target target;
  private final Tally tally;

  StreamLoad(Target target, Tally tally) {
    this.target = target;
    this.tally = tally;
  }

  @Override
  public void run() throws IOException, WrongOctets, InterruptedException {
    try (Socket socket = target.connect(PATIENCE_MILLIS)) {
      try {
        talk(socket);
      } catch (IOException e) {
        tally.broken(e);
      }
    }
  }

  private void talk(Socket socket) throws IOException, WrongOctets, InterruptedException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long conversation = random.nextLong();
    MessageStream answers = new MessageStream(socket.getInputStream(), target.isPlain());
    for (int number = 0; ; Thread.sleep(INTERVAL_MILLIS)) {
      int end = number + 1 + random.nextInt(BURST);
      for (int i = number; i < end; i++) {
        byte[] octets = new Message(conversation, i).octets(MessageStream.LONGEST);
        socket.getOutputStream().write(octets);
      }
      for (; number < end; number++) {
        expect(new Message(conversation, number), answers.next());
      }
    }
  }

  private void expect(Message sent, @Nullable Message answer) throws IOException, WrongOctets {
    if (answer == null) {
      throw new SocketTimeoutException("the stream ended");
    }
    if (!answer.equals(sent)) {
      throw new WrongOctets(answer + " came back for " + sent);
    }
    tally.answered(sent.octets(MessageStream.LONGEST).length);
  }
}
