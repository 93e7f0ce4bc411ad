package io.bradawl.rendezvous.options;

import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code redis://user:password@host:6379/0}. Errors do not repeat what may be secret.
 *
 * <p>The library is asked for its own form of it only once the log is set up: its classes make
 * loggers as they are loaded, and options are read before.
 */
record RedisAddress(String text) {

  private static final String ALLOWED =
      "is not of the form redis://[user:password@]host[:port][/database] or rediss://...";

  private static final Pattern FORM =
      Pattern.compile(
          "rediss?://(?:.*@)?(?<host>\\[[0-9a-fA-F:.]+]|[^/@:?#\\s]+)(?::(?<port>\\d{1,5}))?(?:[/?].*)?");

  private static final int LARGEST_PORT = 0xFFFF;

  static final class Reader implements ITypeConverter<RedisAddress> {

    @Override
    public RedisAddress convert(String text) {
      Matcher form = FORM.matcher(text);
      if (form.matches() && isPort(form.group("port"))) {
        return new RedisAddress(text);
      }
      throw new TypeConversionException(ALLOWED);
    }

    private static boolean isPort(@Nullable String text) {
      return text == null || Integer.parseInt(text) <= LARGEST_PORT;
    }
  }

  /**
   * @throws IOException if it cannot be read after all; the message does not hold it
   */
  RedisURI uri() throws IOException {
    try {
      RedisURI uri = RedisURI.create(text);
      Matcher form = FORM.matcher(text);
      if (form.matches() && form.group("port") != null) {
        // The library takes the port for a part of a host's name that has an underscore.
        uri.setHost(form.group("host"));
        uri.setPort(Integer.parseInt(form.group("port")));
      }
      return uri;
    } catch (IllegalArgumentException e) {
      // Neither its message nor the cause: both hold the password.
      throw new IOException("--cluster " + ALLOWED);
    }
  }

  @Override
  public String toString() {
    return "RedisAddress";
  }
}
