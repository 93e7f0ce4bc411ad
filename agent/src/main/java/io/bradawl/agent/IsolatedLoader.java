package io.bradawl.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent and its libraries out of the agent's jar, where the application's loaders cannot
 * find them: they are stored as {@code isolated/<name>.classdata}. Its parent is the platform
 * loader, so nothing of the application is visible from here either.
 */
final class IsolatedLoader extends ClassLoader {

  private static final String ROOT = "isolated/";

  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;
  private final String jarUrl;
  private final ProtectionDomain domain;

  IsolatedLoader(File file, ProtectionDomain domain) throws IOException {
    super("bradawl", ClassLoader.getPlatformClassLoader());
    this.jar = new JarFile(file, false);
    this.jarUrl = "jar:" + file.toURI() + "!/";
    this.domain = domain;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes;
    try {
      bytes = entry(name.replace('.', '/') + ".classdata");
    } catch (IOException e) {
      throw new ClassNotFoundException(name + " cannot be read from " + jar.getName(), e);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(name + " is not in " + jar.getName());
    }
    return defineClass(name, bytes, 0, bytes.length, domain);
  }

  /**
   * Without the detour by a URL, which would load the JDK's protocol handlers when the JVM starts.
   */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    try {
      byte[] bytes = entry(name);
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    if (jar.getEntry(ROOT + name) == null) {
      return null;
    }
    try {
      return new URL(jarUrl + ROOT + name);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL resource = findResource(name);
    return Collections.enumeration(resource == null ? List.of() : List.of(resource));
  }

  private byte @Nullable [] entry(String name) throws IOException {
    ZipEntry entry = jar.getEntry(ROOT + name);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
