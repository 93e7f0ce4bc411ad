package io.bradawl.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Weaves a class of our own, defines the result under full verification and runs it. */
class WeaverTest {

  private static final String SUBJECT = Subject.class.getName();
  private static final String HOOKS = Hooks.class.getName();

  private final List<HookPoint> missed = new ArrayList<>();
  private final Misses misses = (point, why) -> missed.add(point);

  @Test
  void filtersResults() throws Exception {
    assertThat(run(in("number", "(I)I").exit(HOOKS, "doubled"), "number", 21)).isEqualTo(42);
    assertThat(run(in("text", "(J)Ljava/lang/String;").exit(HOOKS, "bracketed"), "text", 7L))
        .isEqualTo("[7]");
  }

  @Test
  void answersFirstOrGoesOn() throws Exception {
    HookPoint point = in("number", "(I)I").entry(HOOKS, "answerForOne");
    assertThat(run(point, "number", 1)).isEqualTo(100);
    assertThat(run(point, "number", 2)).isEqualTo(2);
    HookPoint object = in("text", "(J)Ljava/lang/String;").entry(HOOKS, "textForOne");
    assertThat(run(object, "text", 1L)).isEqualTo("one");
    assertThat(run(object, "text", 2L)).isEqualTo("2");
    HookPoint loop = in("loop", "(I)J").entry(HOOKS, "longForOne");
    assertThat(run(loop, "loop", 1)).isEqualTo(-1L);
    assertThat(run(loop, "loop", 4)).isEqualTo(4L);
  }

  @Test
  void replacesCalls() throws Exception {
    assertThat(
            run(
                in("text", "(J)Ljava/lang/String;")
                    .call("java.lang.String", "valueOf", "(J)Ljava/lang/String;")
                    .byWithThis(HOOKS, "valueOf"),
                "text",
                5L))
        .isEqualTo("5 of subject");
  }

  @Test
  void earlyReturnsDoNotPassExitHooks() throws Exception {
    List<HookPoint> points =
        List.of(
            in("number", "(I)I").entry(HOOKS, "answerForOne"),
            in("number", "(I)I").exit(HOOKS, "doubled"));
    assertThat(run(points, "number", 1)).isEqualTo(100);
    assertThat(run(points, "number", 3)).isEqualTo(6);
  }

  @Test
  void reportsWhatIsNotThere() {
    HookPoint absent = in("number", "(J)I").exit(HOOKS, "doubled");
    HookPoint noCall = in("number", "(I)I").call("java.lang.Math", "abs", "(I)I").by(HOOKS, "x");
    HookPoint present = in("number", "(I)I").exit(HOOKS, "doubled");
    Weaver weaver = new Weaver(List.of(absent, noCall, present), misses);
    weaver.transform(null, SUBJECT.replace('.', '/'), null, null, subject());
    assertThat(missed).containsExactly(absent, noCall);
  }

  @Test
  void reportsAllOfAClassThatCannotBeWoven() {
    HookPoint point = in("number", "(I)I").exit(HOOKS, "doubled");
    Weaver weaver = new Weaver(List.of(point), misses);
    byte[] nonsense = {1, 2, 3};
    assertThat(weaver.transform(null, SUBJECT.replace('.', '/'), null, null, nonsense)).isNull();
    assertThat(missed).containsExactly(point);
  }

  @Test
  void leavesOtherClassesAndOtherLoadersAlone() {
    Weaver weaver = new Weaver(List.of(in("number", "(I)I").exit(HOOKS, "doubled")), misses);
    String name = SUBJECT.replace('.', '/');
    assertThat(weaver.transform(null, "some/Other", null, null, subject())).isNull();
    assertThat(weaver.transform(getClass().getClassLoader(), name, null, null, subject())).isNull();
  }

  private static HookPoint.Method in(String method, String descriptor) {
    return HookPoint.in(SUBJECT).method(method, descriptor);
  }

  private static Object run(HookPoint point, String method, Object argument) throws Exception {
    return run(List.of(point), method, argument);
  }

  private static Object run(List<HookPoint> points, String method, Object argument)
      throws Exception {
    List<HookPoint> absent = new ArrayList<>();
    Weaver weaver = new Weaver(points, (point, why) -> absent.add(point));
    byte[] woven =
        Objects.requireNonNull(
            weaver.transform(null, SUBJECT.replace('.', '/'), null, null, subject()));
    assertThat(absent).isEmpty();
    Class<?> type = new One(woven).loadClass(SUBJECT);
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object subject = constructor.newInstance();
    for (var candidate : type.getDeclaredMethods()) {
      if (candidate.getName().equals(method)) {
        candidate.setAccessible(true);
        return invoke(candidate, subject, argument);
      }
    }
    throw new NoSuchMethodException(method);
  }

  private static Object invoke(java.lang.reflect.Method method, Object subject, Object argument)
      throws IllegalAccessException, InvocationTargetException {
    return method.invoke(subject, argument);
  }

  private static byte[] subject() {
    return classFile(SUBJECT);
  }

  private static byte[] classFile(String name) {
    String path = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = WeaverTest.class.getResourceAsStream(path)) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads the woven class instead of the one on the class path. */
  private static final class One extends ClassLoader {

    private final byte[] woven;

    One(byte[] woven) {
      super(WeaverTest.class.getClassLoader());
      this.woven = woven;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(SUBJECT) && !name.equals(HOOKS)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] bytes = name.equals(SUBJECT) ? woven : classFile(HOOKS);
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  /** What is woven. */
  public static class Subject {
    int number(int n) {
      return n;
    }

    String text(long n) {
      return String.valueOf(n);
    }

    long loop(int n) {
      while (true) {
        if (n > 3) {
          return n;
        }
        n++;
      }
    }

    @Override
    public String toString() {
      return "subject";
    }
  }

  /** What it calls. */
  @SuppressWarnings("unused")
  public static final class Hooks {
    private Hooks() {}

    public static int doubled(int result, Subject self, int n) {
      return 2 * n;
    }

    public static String bracketed(String result, Subject self, long n) {
      return "[" + result + "]";
    }

    public static int answerForOne(Subject self, int n) {
      return n == 1 ? 100 : Integer.MIN_VALUE;
    }

    public static String textForOne(Subject self, long n) {
      return n == 1 ? "one" : null;
    }

    public static long longForOne(Subject self, int n) {
      return n == 1 ? -1 : Long.MIN_VALUE;
    }

    public static String valueOf(long n, Subject self) {
      return n + " of " + self;
    }
  }
}
