package io.bradawl.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Weaves a single point into the JDK's class file and looks at what it calls. */
public final class WeaveCheck {

  private static final String BRIDGE = "sun/nio/ch/Bradawl";

  private WeaveCheck() {}

  /** What is wrong with the point in this version of Java; empty if nothing is. */
  public static List<String> problemsOf(HookPoint point) throws IOException {
    if (!point.isIn(Runtime.version().feature())) {
      return List.of();
    }
    List<HookPoint> missing = new ArrayList<>();
    Weaver weaver = new Weaver(List.of(point), (missed, why) -> missing.add(missed));
    byte[] woven = weaver.transform(null, point.owner(), null, null, classFile(point.owner()));
    List<String> problems = new ArrayList<>();
    if (woven == null || !missing.isEmpty()) {
      problems.add(point + " is not there");
      return problems;
    }
    for (String[] call : callsOfBridge(woven)) {
      if (!isCallable(call, point.owner())) {
        problems.add(String.join(".", call) + " cannot be called from " + point);
      }
    }
    return problems;
  }

  private static List<String[]> callsOfBridge(byte[] classFile) {
    List<String[]> calls = new ArrayList<>();
    MethodVisitor code =
        new MethodVisitor(Opcodes.ASM9) {
          @Override
          public void visitMethodInsn(
              int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.startsWith(BRIDGE)) {
              calls.add(new String[] {owner, name, descriptor});
            }
          }
        };
    ClassVisitor methods =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return code;
          }
        };
    new ClassReader(classFile).accept(methods, 0);
    return calls;
  }

  private static boolean isCallable(String[] call, String from) throws IOException {
    boolean[] found = {false};
    ClassVisitor methods =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            boolean visible =
                from.startsWith("sun/nio/ch/")
                    ? (access & Opcodes.ACC_PRIVATE) == 0
                    : (access & Opcodes.ACC_PUBLIC) != 0;
            found[0] |=
                visible
                    && (access & Opcodes.ACC_STATIC) != 0
                    && name.equals(call[1])
                    && descriptor.equals(call[2]);
            return null;
          }
        };
    new ClassReader(classFile(call[0])).accept(methods, ClassReader.SKIP_CODE);
    return found[0];
  }

  private static byte[] classFile(String internalName) throws IOException {
    try (InputStream in = Object.class.getResourceAsStream("/" + internalName + ".class")) {
      return Objects.requireNonNull(in, internalName).readAllBytes();
    }
  }
}
