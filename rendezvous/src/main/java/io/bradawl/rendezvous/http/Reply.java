package io.bradawl.rendezvous.http;

/**
 * One answer.
 *
 * @param status of HTTP, 100 to 599
 */
record Reply(int status, String contentType, String body) {

  static final String PLAIN = "text/plain; charset=utf-8";

  static Reply plain(int status, String text) {
    return new Reply(status, PLAIN, text + "\n");
  }
}
