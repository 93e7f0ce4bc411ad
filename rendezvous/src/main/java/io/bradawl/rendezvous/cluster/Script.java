package io.bradawl.rendezvous.cluster;

import io.lettuce.core.codec.Base16;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What Redis does in one step, so that nodes cannot get into each other's way. */
enum Script {
  ENTER,
  LEAVE,
  FIND,
  BEAT,
  STOP;

  private final String text = read(name().toLowerCase(Locale.ROOT) + ".lua");

  private final String digest = Base16.digest(text.getBytes(StandardCharsets.UTF_8));

  String text() {
    return text;
  }

  /** By which Redis knows a script that it has seen. */
  String digest() {
    return digest;
  }

  private static String read(String file) {
    try (InputStream in = Script.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
