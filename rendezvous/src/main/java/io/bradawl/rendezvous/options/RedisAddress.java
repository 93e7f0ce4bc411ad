package io.bradawl.rendezvous.options;

import io.bradawl.rendezvous.cluster.ClusterSettings;
import io.lettuce.core.RedisURI;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code redis://user:password@host:6379/0}. Its errors do not repeat what may be secret. */
final class RedisAddress implements ITypeConverter<ClusterSettings> {

  private static final Set<String> SCHEMES = Set.of("redis://", "rediss://");

  @Override
  public ClusterSettings convert(String text) {
    if (SCHEMES.stream().anyMatch(text::startsWith)) {
      try {
        RedisURI uri = RedisURI.create(text);
        if (uri.getHost() != null && !uri.getHost().isEmpty()) {
          return ClusterSettings.of(uri);
        }
      } catch (IllegalArgumentException e) {
        // Its message holds the password.
      }
    }
    throw new TypeConversionException(
        "is not of the form redis://[user:password@]host[:port][/database] or rediss://...");
  }
}
