package io.bradawl.agent.it;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A second agent, which sees class files as those before it have left them. */
public final class Witness implements ClassFileTransformer {

  private static final Map<String, Integer> SEEN = new ConcurrentHashMap<>();

  /** Called by the JVM. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    instrumentation.addTransformer(new Witness(), true);
  }

  /** Prints a digest of every class of the JDK's network code that is loaded. */
  public static void main(String[] arguments) throws Exception {
    Quiet.main(arguments);
    Class.forName("java.net.InetAddress");
    Class.forName("java.nio.channels.AsynchronousServerSocketChannel");
    new TreeMap<>(SEEN).forEach((name, digest) -> System.out.println(name + " " + digest));
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
    if (loader == null && (name.equals("java/net/InetAddress") || name.startsWith("sun/nio/ch/"))) {
      SEEN.put(name, Arrays.hashCode(bytes));
    }
    return null;
  }

  /** A jar of this class that can be named by {@code -javaagent}. */
  static Path jar(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", Witness.class.getName());
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    Path jar = folder.resolve("witness.jar");
    String entry = Witness.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      entries.putNextEntry(new ZipEntry(entry));
      entries.write(Files.readAllBytes(Path.of("target/test-classes", entry)));
      entries.closeEntry();
    }
    return jar;
  }
}
