package io.bradawl.agent.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** What a hook point does to its method. */
sealed interface Hook permits ExitHook, EntryHook, CallHook {

  /**
   * Wraps {@code next} so that the hook is woven in; {@code woven} is run for each place where it
   * was.
   */
  MethodVisitor weave(Site site, MethodVisitor next, Runnable woven);

  /** What is called. */
  Target target();

  /** Said after the method's name in messages. */
  String where();

  /** A static method of the bridge. */
  record Target(String owner, String method) {

    void invoke(MethodVisitor code, String descriptor) {
      code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, method, descriptor, false);
    }

    /** Written out because it is used while the JVM starts. */
    @Override
    public String toString() {
      return owner + "." + method;
    }
  }
}
