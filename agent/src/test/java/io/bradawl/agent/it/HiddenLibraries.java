package io.bradawl.agent.it;

import java.util.ServiceLoader;

/** An application without libraries that looks for those of the agent. */
final class HiddenLibraries {

  private static final String PROVIDER = "org.slf4j.spi.SLF4JServiceProvider";

  private HiddenLibraries() {}

  public static void main(String[] arguments) throws Exception {
    ClassLoader[] loaders = {
      null, ClassLoader.getPlatformClassLoader(), ClassLoader.getSystemClassLoader()
    };
    for (ClassLoader loader : loaders) {
      look(loader, "io.netty.channel.Channel");
      look(loader, "net.bytebuddy.jar.asm.ClassReader");
      if (look(loader, PROVIDER)) {
        Class<?> provider = Class.forName(PROVIDER, false, loader);
        System.out.println("providers " + ServiceLoader.load(provider, loader).stream().count());
      }
    }
    String services = "META-INF/services/" + PROVIDER;
    System.out.println("services " + ClassLoader.getSystemResource(services));
    System.out.println("context " + Thread.currentThread().getContextClassLoader().getName());
  }

  private static boolean look(ClassLoader loader, String name) {
    String where = loader == null ? "boot" : loader.getName();
    try {
      Class.forName(name, false, loader);
      System.out.println(where + " finds " + name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
