package io.bradawl.rendezvous.http;

import java.util.concurrent.CompletableFuture;

/** What stands under one path. */
interface Page {

  /**
   * Answers a GET request; must not block.
   *
   * @param accept what the request says it can read; may be empty
   */
  CompletableFuture<Reply> reply(String accept);
}
