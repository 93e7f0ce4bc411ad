package io.bradawl.runtime.session;

import io.bradawl.protocol.signal.SessionId;
import io.bradawl.protocol.signal.Signal;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was said to offers lately: whoever asks twice has not heard it. Kept for longer than any
 * peer asks, and no more than {@code capacity} of them, of most of a kilobyte each.
 */
final class RecentReplies {

  private static final long KEPT = Duration.ofMinutes(1).toNanos();

  private record Reply(Signal.Indication text, long sentAt) {}

  private final int capacity;
  private final Map<SessionId, Reply> oldestFirst = new LinkedHashMap<>();

  RecentReplies(int capacity) {
    this.capacity = capacity;
  }

  void add(Signal.Indication reply, long now) {
    oldestFirst.remove(reply.session());
    oldestFirst.put(reply.session(), new Reply(reply, now));
    expire(now);
  }

  /** {@code null} if there was none, or it was too long ago. */
  Signal.@Nullable Indication to(SessionId session, long now) {
    expire(now);
    Reply reply = oldestFirst.get(session);
    return reply == null ? null : reply.text;
  }

  private void expire(long now) {
    Iterator<Reply> oldest = oldestFirst.values().iterator();
    while (oldest.hasNext()
        && (now - oldest.next().sentAt > KEPT || oldestFirst.size() > capacity)) {
      oldest.remove();
    }
  }
}
