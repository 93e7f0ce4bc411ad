package io.bradawl.protocol.stun.credential;

import io.bradawl.protocol.stun.Integrity;
import io.bradawl.protocol.stun.StunMessage;

/** What a server makes of the credentials of a request. */
public sealed interface Verdict {

  /**
   * The request is of that user.
   *
   * @param integrity proves the response to it
   */
  record Granted(String username, Integrity integrity) implements Verdict {}

  /**
   * The request must not be processed.
   *
   * @param response 400, 401 or 438; it cannot be proved
   */
  record Refused(StunMessage response) implements Verdict {}
}
