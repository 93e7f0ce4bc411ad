package io.bradawl.agent.weave;

import java.util.List;

/**
 * One place in the JDK where a static method of the bridge is called.
 *
 * @param owner internal name of the class, as {@code sun/nio/ch/Net}
 * @param method name of the method
 * @param descriptors what the method's descriptor is in one or other version of the JDK; one must
 *     be found
 * @param hook what happens there
 * @param since first feature version of Java that has this point
 * @param until last feature version of Java that has this point
 */
public record HookPoint(
    String owner, String method, List<String> descriptors, Hook hook, int since, int until) {

  /** Starts a hook point in the class of that binary name. */
  public static In in(String className) {
    return new In(internal(className));
  }

  /** This point, for versions of Java up to and including {@code feature} only. */
  public HookPoint until(int feature) {
    return new HookPoint(owner, method, descriptors, hook, since, feature);
  }

  /** This point, for versions of Java from {@code feature} on only. */
  public HookPoint since(int feature) {
    return new HookPoint(owner, method, descriptors, hook, feature, until);
  }

  boolean isIn(int feature) {
    return since <= feature && feature <= until;
  }

  boolean matches(String name, String descriptor) {
    return method.equals(name) && descriptors.contains(descriptor);
  }

  /**
   * Written out, as is the rest: the generated methods would add some 60 ms to the start of the
   * JVM.
   */
  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof HookPoint point && identity().equals(point.identity());
  }

  @Override
  public int hashCode() {
    return identity().hashCode();
  }

  private String identity() {
    return this + " -> " + hook.target() + " " + since + ".." + until;
  }

  @Override
  public String toString() {
    return owner.replace('/', '.') + "." + method + String.join(" or ", descriptors) + hook.where();
  }

  private static String internal(String className) {
    return className.replace('.', '/');
  }

  /** A class. */
  public record In(String owner) {

    /** A method, with its descriptor in each supported version of the JDK. */
    public Method method(String name, String... descriptors) {
      return new Method(owner, name, List.of(descriptors));
    }
  }

  /** A method of a class. */
  public record Method(String owner, String name, List<String> descriptors) {

    /**
     * Filters what the method returns: {@code R bridge(R result, [this,] arguments...)}. The
     * arguments have the values they have at the method's end. A void method's bridge is void and
     * takes no result.
     */
    public HookPoint exit(String bridgeClass, String bridgeMethod) {
      return point(new ExitHook(new Hook.Target(internal(bridgeClass), bridgeMethod)));
    }

    /**
     * Asks first: {@code bridge([this,] arguments...)}. For a void method the bridge returns {@code
     * boolean}, true if the call is done with. For an object it returns that type, {@code null} to
     * go on. For {@code int} and {@code boolean} it returns {@code int}, {@link Integer#MIN_VALUE}
     * to go on; for {@code long}, {@link Long#MIN_VALUE}. An early return does not pass the exit
     * hooks.
     */
    public HookPoint entry(String bridgeClass, String bridgeMethod) {
      return point(new EntryHook(new Hook.Target(internal(bridgeClass), bridgeMethod)));
    }

    /** Replaces the invocations of a method inside this one. */
    public Call call(String calledClass, String called, String descriptor) {
      return new Call(this, internal(calledClass), called, descriptor);
    }

    private HookPoint point(Hook hook) {
      return new HookPoint(owner, name, descriptors, hook, 0, Integer.MAX_VALUE);
    }
  }

  /** An invocation inside a method. */
  public record Call(Method method, String owner, String name, String descriptor) {

    /** {@code R bridge([receiver,] arguments...)} is invoked instead. */
    public HookPoint by(String bridgeClass, String bridgeMethod) {
      return by(bridgeClass, bridgeMethod, false);
    }

    /** {@code R bridge([receiver,] arguments..., this)} is invoked instead. */
    public HookPoint byWithThis(String bridgeClass, String bridgeMethod) {
      return by(bridgeClass, bridgeMethod, true);
    }

    private HookPoint by(String bridgeClass, String bridgeMethod, boolean withThis) {
      Hook.Target target = new Hook.Target(internal(bridgeClass), bridgeMethod);
      return method.point(new CallHook(owner, name, descriptor, target, withThis));
    }
  }
}
