package io.bradawl.protocol.path;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells why there is no path, so that a user can see what to look at. */
public final class FailureText {

  private static final int SHOWN = 6;

  private FailureText() {}

  /**
   * For example {@code no direct TCP path in 10.0 s; tried host 10.0.0.2:9092 (refused, 12
   * attempts)}.
   *
   * @param tried what was tried, most worthwhile first, each with its outcome as its {@code
   *     toString}
   */
  public static String noPath(String transport, PathSession session, List<?> tried) {
    double seconds = Duration.ofNanos(session.deadline() - session.startAt()).toMillis() / 1000.0;
    String head = String.format(Locale.ROOT, "no direct %s path in %.1f s; ", transport, seconds);
    if (tried.isEmpty()) {
      int told = session.remote().size();
      return head + "of the " + told + " addresses that the peer told, none can be tried from here";
    }
    String shown =
        tried.stream().limit(SHOWN).map(Object::toString).collect(Collectors.joining(", "));
    String rest = tried.size() > SHOWN ? " and " + (tried.size() - SHOWN) + " more" : "";
    return head + "tried " + shown + rest;
  }
}
