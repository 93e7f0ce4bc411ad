package io.bradawl.agent.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** The method being woven: its own class, and what lies in its first local variables. */
record Site(String owner, boolean isStatic, String descriptor) {

  Type result() {
    return Type.getReturnType(descriptor);
  }

  /** Pushes {@code this}, if there is one, and the arguments. */
  void pushArguments(MethodVisitor code) {
    int slot = 0;
    if (!isStatic) {
      code.visitVarInsn(Opcodes.ALOAD, slot++);
    }
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
      slot += argument.getSize();
    }
  }

  /** The words that {@link #pushArguments} pushes. */
  int argumentWords() {
    int words = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
    return isStatic ? words - 1 : words;
  }

  /**
   * The types that {@link #pushArguments} pushes, as in a descriptor, between {@code before} and
   * {@code after}.
   */
  String bridgeDescriptor(String before, String after) {
    String self = isStatic ? "" : "L" + owner + ";";
    String arguments = descriptor.substring(1, descriptor.indexOf(')'));
    return "(" + before + self + arguments + ")" + after;
  }
}
