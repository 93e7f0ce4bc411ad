package io.bradawl.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.security.ProtectionDomain;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;

/** Entry points of the agent's jar. Each opens the {@link IsolatedLoader} and hands over. */
public final class Premain {

  private Premain() {}

  /** {@code java -javaagent:bradawl-agent.jar[=arguments]}. */
  public static void premain(String arguments, Instrumentation instrumentation) throws Exception {
    start(arguments, instrumentation);
  }

  /** Attached to a running JVM. Sockets that are already open stay as they are. */
  public static void agentmain(String arguments, Instrumentation instrumentation) throws Exception {
    start(arguments, instrumentation);
  }

  /** {@code java -jar bradawl-agent.jar <command>}. */
  @SuppressWarnings("unchecked")
  public static void main(String[] arguments) throws Exception {
    Object command = load("io.bradawl.agent.command.CommandLine");
    System.exit(((ToIntFunction<String[]>) command).applyAsInt(arguments));
  }

  @SuppressWarnings("unchecked")
  private static void start(String arguments, Instrumentation instrumentation) throws Exception {
    Object start = load("io.bradawl.agent.start.AgentStart");
    ((BiConsumer<String, Instrumentation>) start)
        .accept(arguments == null ? "" : arguments, instrumentation);
  }

  private static Object load(String className)
      throws IOException, URISyntaxException, ReflectiveOperationException {
    ProtectionDomain domain = Premain.class.getProtectionDomain();
    File jar = new File(domain.getCodeSource().getLocation().toURI());
    return new IsolatedLoader(jar, domain).loadClass(className).getConstructor().newInstance();
  }
}
