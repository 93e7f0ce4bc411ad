package io.bradawl.it.soak.load;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which datagrams have come before. Remembers the last numbers of the last conversations. */
final class Seen {
  private static final int CONVERSATIONS = 64;

  private final Map<Long, Window> windows =
      new LinkedHashMap<>(CONVERSATIONS, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Window> eldest) {
          return size() > CONVERSATIONS;
        }
      };

  /** Whether it comes for the first time. */
  boolean isNew(Message message) {
    return windows
        .computeIfAbsent(message.conversation(), any -> new Window())
        .isNew(message.number());
  }

  /** The last numbers of one conversation. */
  private static final class Window {
    private static final int SIZE = 1 << 12;

    private final BitSet seen = new BitSet(SIZE);
    private int highest = -1;

    boolean isNew(int number) {
      while (highest < number) {
        seen.clear(++highest % SIZE);
      }
      boolean known = number <= highest - SIZE || seen.get(number % SIZE);
      seen.set(number % SIZE);
      return !known;
    }
  }
}
