package io.bradawl.runtime.splice;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random conversation that ends in a random way. It waits for what must have arrived wherever
 * chance would decide otherwise, so that one seed has one outcome on every connection that behaves.
 */
final class RandomTalk {

  private static final int STEPS = 30;
  private static final int LONGEST = 9_000;

  /** Less than what fits into the smallest receive window. */
  private static final int MOST_UNREAD = 28_000;

  private final Random random;
  private final Speaker[] speakers;
  private final List<String> seen = new ArrayList<>();

  RandomTalk(long seed, Ends ends) {
    random = new Random(seed);
    speakers = new Speaker[] {new Speaker("left", ends.left()), new Speaker("right", ends.right())};
  }

  List<String> play() throws IOException, InterruptedException {
    for (Speaker speaker : speakers) {
      // what Nagle's algorithm holds back is lost in a reset
      speaker.end.socket().setTcpNoDelay(true);
    }
    for (int i = 0; i < STEPS; i++) {
      int who = random.nextInt(2);
      step(speakers[who], speakers[1 - who]);
    }
    int who = random.nextInt(2);
    leave(speakers[who], speakers[1 - who]);
    return seen;
  }

  private void step(Speaker one, Speaker other) throws IOException, InterruptedException {
    int choice = random.nextInt(20);
    if (choice == 0) {
      one.endOutput();
      tell(one, "ends its output");
    } else if (choice < 10 && !one.ended) {
      int length = 1 + random.nextInt(LONGEST);
      if (other.unread + length <= MOST_UNREAD) {
        one.end.write(length);
        other.unread += length;
      }
    } else if (choice < 12) {
      tell(one, one.end.awaitAvailable(one.unread));
    } else if (one.unread > 0) {
      int length = 1 + random.nextInt(one.unread);
      tell(one, "reads " + one.end.read(length));
      one.unread -= length;
    } else if (other.ended) {
      tell(one, "reads to the end: " + one.end.readAll());
    }
  }

  private void leave(Speaker one, Speaker other) throws IOException, InterruptedException {
    tell(one, one.end.awaitAvailable(one.unread));
    if (random.nextInt(3) == 0) {
      one.end.reset();
      tell(one, "resets");
    } else {
      one.end.close();
      tell(one, "closes");
    }
    tell(other, "reads to the end: " + other.end.readAll());
    if (!other.ended) {
      tell(other, "writes: " + other.end.writeUntilRefused());
    }
  }

  private void tell(Speaker who, String what) {
    seen.add(who.name + " " + what);
  }

  private static final class Speaker {

    private final String name;
    private final End end;
    private int unread;
    private boolean ended;

    Speaker(String name, End end) {
      this.name = name;
      this.end = end;
    }

    void endOutput() throws IOException {
      if (!ended) {
        end.endOutput();
        ended = true;
      }
    }
  }
}
