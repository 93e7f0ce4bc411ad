package io.bradawl.agent.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Passes what a method returns through the bridge. */
record ExitHook(Target target) implements Hook {

  @Override
  public MethodVisitor weave(Site site, MethodVisitor next, Runnable woven) {
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
          site.pushArguments(mv);
          target.invoke(mv, descriptor(site));
          woven.run();
        }
        super.visitInsn(opcode);
      }

      @Override
      public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(maxStack + site.argumentWords(), maxLocals);
      }
    };
  }

  private static String descriptor(Site site) {
    String result = site.result().getDescriptor();
    return site.bridgeDescriptor(site.result().getSort() == Type.VOID ? "" : result, result);
  }

  @Override
  public String where() {
    return "";
  }
}
