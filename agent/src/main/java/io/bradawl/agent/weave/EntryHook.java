package io.bradawl.agent.weave;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Lets the bridge answer before a method begins. */
record EntryHook(Target target) implements Hook {

  @Override
  public MethodVisitor weave(Site site, MethodVisitor next, Runnable woven) {
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitCode() {
        super.visitCode();
        site.pushArguments(mv);
        target.invoke(mv, descriptor(site));
        returnUnlessSentinel(site.result(), mv);
        woven.run();
      }

      @Override
      public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(Math.max(maxStack, Math.max(site.argumentWords(), 6)), maxLocals);
      }
    };
  }

  private static String descriptor(Site site) {
    return site.bridgeDescriptor("", answer(site.result()).getDescriptor());
  }

  @Override
  public String where() {
    return "";
  }

  private static Type answer(Type result) {
    return switch (result.getSort()) {
      case Type.VOID -> Type.BOOLEAN_TYPE;
      case Type.BOOLEAN -> Type.INT_TYPE;
      case Type.INT, Type.LONG, Type.OBJECT, Type.ARRAY -> result;
      default ->
          throw new IllegalArgumentException("no entry hook on a method that returns " + result);
    };
  }

  /**
   * Frames are given by hand: locals are as at the method's start, so each is a "same" frame (JVMS
   * 4.7.4).
   */
  private static void returnUnlessSentinel(Type result, MethodVisitor code) {
    Label goOn = new Label();
    if (result.getSort() == Type.VOID) {
      code.visitJumpInsn(Opcodes.IFEQ, goOn);
      code.visitInsn(Opcodes.RETURN);
      code.visitLabel(goOn);
      code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
      code.visitInsn(Opcodes.NOP); // the method's own first frame must not fall on ours
      return;
    }
    code.visitInsn(result.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
    jumpIfSentinel(result, code, goOn);
    code.visitInsn(result.getOpcode(Opcodes.IRETURN));
    code.visitLabel(goOn);
    code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {frameType(result)});
    code.visitInsn(result.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
  }

  private static void jumpIfSentinel(Type result, MethodVisitor code, Label goOn) {
    if (result.getSort() >= Type.ARRAY) {
      code.visitJumpInsn(Opcodes.IFNULL, goOn);
    } else if (result.getSort() == Type.LONG) {
      code.visitLdcInsn(Long.MIN_VALUE);
      code.visitInsn(Opcodes.LCMP);
      code.visitJumpInsn(Opcodes.IFEQ, goOn);
    } else {
      code.visitLdcInsn(Integer.MIN_VALUE);
      code.visitJumpInsn(Opcodes.IF_ICMPEQ, goOn);
    }
  }

  private static Object frameType(Type result) {
    if (result.getSort() == Type.LONG) {
      return Opcodes.LONG;
    }
    return result.getSort() >= Type.ARRAY ? result.getInternalName() : Opcodes.INTEGER;
  }
}
