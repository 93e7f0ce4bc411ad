package sun.nio.ch;

import jdk.internal.access.SharedSecrets;

/** What is done when the process ends, after the application's own shutdown hooks. */
public final class BradawlLast {

  /** The JDK itself uses 0 to 2 of its ten slots, 1 for the application's hooks. */
  private static final int FIRST_FREE = 3;

  private static final int LAST = 9;

  private BradawlLast() {}

  /** In the last slot that nobody has taken; if there is none, the task is not run. */
  public static void run(Runnable task) {
    for (int slot = LAST; slot >= FIRST_FREE; slot--) {
      try {
        SharedSecrets.getJavaLangAccess().registerShutdownHook(slot, false, task);
        return;
      } catch (InternalError e) {
        continue; // taken
      }
    }
  }
}
