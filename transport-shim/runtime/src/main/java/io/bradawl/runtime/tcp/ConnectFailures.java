package io.bradawl.runtime.tcp;

import io.bradawl.protocol.signal.Signal.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;

/** What a failed path looks like to an application: as TCP's own failures do, with the reason. */
final class ConnectFailures {

  private ConnectFailures() {}

  /**
   * @param target host name and port as the application knows them
   */
  static IOException of(Reason reason, String target, String text) {
    return switch (reason) {
      case NOT_LISTENING ->
          new ConnectException("Connection refused: " + target + ": nothing listens there");
      case NOT_ALLOWED, QUOTA ->
          new ConnectException("Connection refused: " + target + ": " + text);
      case UNKNOWN_PEER -> new NoRouteToHostException("No route to host: " + target + ": " + text);
      case TRY_ALTERNATE,
          BAD_REQUEST,
          NOT_PROVEN,
          UNKNOWN_ATTRIBUTE,
          NAME_TAKEN,
          SERVER_ERROR,
          UNSUPPORTED_VERSION ->
          new ConnectException("Cannot connect: " + target + ": " + text);
    };
  }

  static IOException noPath(String target, String text) {
    return new ConnectException("Connection timed out: " + target + ": " + text);
  }

  static IOException unusable(String target, IOException cause) {
    String text = "no local port can be used for " + target + ": " + cause.getMessage();
    ConnectException failure = new ConnectException("Cannot connect: " + text);
    failure.initCause(cause);
    return failure;
  }
}
