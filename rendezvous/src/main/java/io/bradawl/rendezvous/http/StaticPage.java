package io.bradawl.rendezvous.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** A page that is always the same. */
final class StaticPage implements Page {

  private final Reply reply;

  private StaticPage(Reply reply) {
    this.reply = reply;
  }

  /** Reads {@code file} from where this class is. */
  static StaticPage of(String file, String contentType) {
    try (InputStream in = StaticPage.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing in this jar: build it again");
      }
      return new StaticPage(new Reply(200, contentType, new String(in.readAllBytes(), UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CompletableFuture<Reply> reply(String accept) {
    return CompletableFuture.completedFuture(reply);
  }
}
