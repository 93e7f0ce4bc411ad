package io.bradawl.it.load.subject;

import io.bradawl.it.run.JavaCommand;
import io.bradawl.it.run.Jdk;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the load generator that run in processes of their own. */
public final class Own {

  private Own() {}

  /** With the class path of this process. */
  public static JavaCommand program(Class<?> program, String... arguments) {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .toList();
    return JavaCommand.of(Jdk.current(), classPath, program.getName(), arguments);
  }
}
