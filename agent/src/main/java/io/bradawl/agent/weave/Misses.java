package io.bradawl.agent.weave;

import org.jspecify.annotations.Nullable;

/** Hears of hook points that this JVM does not have. */
public interface Misses {

  /**
   * A class has come by in which {@code point} was not found, or that could not be woven at all. It
   * stays in use as it is. Called by the thread that loads the class.
   *
   * @param why {@code null} if the class merely does not have the point
   */
  void missed(HookPoint point, @Nullable Throwable why);
}
