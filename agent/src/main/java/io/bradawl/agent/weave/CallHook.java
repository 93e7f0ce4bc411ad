package io.bradawl.agent.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Puts the bridge in the place of a method that is called. */
record CallHook(String owner, String name, String called, Target target, boolean withThis)
    implements Hook {

  @Override
  public MethodVisitor weave(Site site, MethodVisitor next, Runnable woven) {
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitMethodInsn(
          int opcode, String toOwner, String toName, String descriptor, boolean isInterface) {
        if (!toOwner.equals(owner) || !toName.equals(name) || !descriptor.equals(called)) {
          super.visitMethodInsn(opcode, toOwner, toName, descriptor, isInterface);
          return;
        }
        if (withThis) {
          mv.visitVarInsn(Opcodes.ALOAD, 0);
        }
        target.invoke(mv, bridgeDescriptor(site, opcode));
        woven.run();
      }

      @Override
      public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(withThis ? maxStack + 1 : maxStack, maxLocals);
      }
    };
  }

  @Override
  public String where() {
    return ", its call of " + owner.replace('/', '.') + "." + name + called;
  }

  private String bridgeDescriptor(Site site, int opcode) {
    String receiver = opcode == Opcodes.INVOKESTATIC ? "" : "L" + owner + ";";
    String self = withThis ? "L" + site.owner() + ";" : "";
    int end = called.indexOf(')');
    return "(" + receiver + called.substring(1, end) + self + called.substring(end);
  }
}
