package io.bradawl.agent.weave;

import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Finds the methods of one class that have hook points, and notes the points it has woven. */
final class WovenClass extends ClassVisitor {

  private final List<HookPoint> points;
  private final List<HookPoint> missing;
  private String owner = "";

  private WovenClass(ClassVisitor next, List<HookPoint> points, List<HookPoint> missing) {
    super(Opcodes.ASM9, next);
    this.points = points;
    this.missing = missing;
  }

  /**
   * Weaves {@code points} into a class file and takes those that were found off {@code missing}.
   */
  static byte[] weave(byte[] classFile, List<HookPoint> points, List<HookPoint> missing) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new WovenClass(writer, points, missing), 0);
    return writer.toByteArray();
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    owner = name;
    super.visit(version, access, name, signature, superName, interfaces);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
    if ((access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) != 0) {
      return method;
    }
    Site site = new Site(owner, (access & Opcodes.ACC_STATIC) != 0, descriptor);
    method = weave(name, site, method, true);
    return weave(name, site, method, false);
  }

  /** Entry hooks come first, next to the writer, so that what they return passes no other hook. */
  private MethodVisitor weave(String name, Site site, MethodVisitor method, boolean entries) {
    MethodVisitor chain = method;
    for (HookPoint point : points) {
      if (point.hook() instanceof EntryHook == entries && point.matches(name, site.descriptor())) {
        chain = point.hook().weave(site, chain, new Mark(point));
      }
    }
    return chain;
  }

  /** Notes that a point was woven. */
  private final class Mark implements Runnable {

    private final HookPoint point;

    Mark(HookPoint point) {
      this.point = point;
    }

    @Override
    public void run() {
      missing.remove(point);
    }
  }
}
