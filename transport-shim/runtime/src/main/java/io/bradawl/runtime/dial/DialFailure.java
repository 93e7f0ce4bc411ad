package io.bradawl.runtime.dial;

import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why there is no connection, and what to do about it. */
public final class DialFailure {

  private DialFailure() {}

  /**
   * For example {@code connection refused}; a fragment of a sentence, without the server's name.
   */
  public static String text(@Nullable Throwable problem) {
    if (problem instanceof ConnectException) {
      return "connection " + (says(problem, "timed out") ? "timed out" : "refused");
    }
    if (problem instanceof ClosedChannelException) {
      return "connection closed by the other side";
    }
    // Netty's, and of no use to load where there is no TLS.
    if (problem instanceof SSLException) {
      return tls(problem);
    }
    String text = problem == null ? null : problem.getMessage();
    return text == null || text.isEmpty()
        ? "failed: " + problem
        : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private static String tls(Throwable problem) {
    if (problem instanceof NotSslRecordException) {
      return "what answers does not speak TLS";
    }
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException && says(cause, "No name matching", "alternative")) {
        return "its certificate is for another host (" + cause.getMessage() + ")";
      }
    }
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException || says(cause, "PKIX", "trustAnchors")) {
        return "its certificate is not trusted ("
            + cause.getMessage()
            + "); name the authority that signed it with bradawl.tls.trust";
      }
    }
    return "no TLS: " + problem.getMessage();
  }

  private static boolean says(Throwable problem, String... parts) {
    String text = String.valueOf(problem.getMessage());
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
