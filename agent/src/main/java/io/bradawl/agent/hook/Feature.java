package io.bradawl.agent.hook;

import io.bradawl.agent.weave.HookPoint;
import java.util.List;

/**
 * Hook points that stand or fall together: if one is missing in this JVM, the feature is not
 * installed.
 */
public interface Feature {

  /** How log lines call it, as {@code "TCP paths"}. */
  String name();

  /**
   * The places in the JDK that must be woven for it. May share points, as equal records, with other
   * features.
   */
  List<HookPoint> hookPoints();

  /**
   * Sets the bridge's fields. Called once, before the application starts; must neither load Netty
   * nor wait for the runtime.
   */
  void install();

  /**
   * Undoes {@link #install}: a class that was loaded just now lacks a point. May come when the
   * application is running, in a thread that is loading a class: must not load classes of the JDK's
   * network code.
   */
  void remove();
}
