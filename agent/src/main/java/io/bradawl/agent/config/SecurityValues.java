package io.bradawl.agent.config;

import io.bradawl.protocol.access.AccessPolicy;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.runtime.identity.KeyFile;
import io.bradawl.runtime.identity.PrivateFileException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the values of {@link SecurityConfig}. */
final class SecurityValues {

  private SecurityValues() {}

  /** The key file comes last, as it is made if absent: not for a configuration with errors. */
  static SecurityConfig read(Sources sources) throws ConfigException {
    ExposedPorts expose = exposed(sources.of(Key.EXPOSE));
    PathSecurity tcp = security(sources.of(Key.TCP_SECURITY));
    PathSecurity udp = security(sources.of(Key.UDP_SECURITY));
    Secret secret = RealmSecretSource.read(sources);
    AccessPolicy allow = allowed(sources.of(Key.ALLOW), secret != null);
    Secret key = identity(sources.of(Key.IDENTITY));
    return new SecurityConfig(secret, key, allow, expose, tcp, udp);
  }

  private static ExposedPorts exposed(@Nullable Setting setting) throws ConfigException {
    try {
      return setting == null ? ExposedPorts.ALL : ExposedPorts.parse(setting.value());
    } catch (IllegalArgumentException e) {
      throw Values.bad(setting, e);
    }
  }

  private static AccessPolicy allowed(@Nullable Setting setting, boolean inRealm)
      throws ConfigException {
    if (setting == null) {
      return inRealm ? AccessPolicy.REALM : AccessPolicy.NOBODY;
    }
    try {
      AccessPolicy policy = AccessPolicy.parse(setting.value());
      if (policy.realm() && !inRealm) {
        throw setting.bad("this process is of no realm; set bradawl.secret.file too");
      }
      return policy;
    } catch (IllegalArgumentException e) {
      throw Values.bad(setting, e);
    }
  }

  private static PathSecurity security(@Nullable Setting setting) throws ConfigException {
    if (setting == null) {
      return PathSecurity.parse("encrypted");
    }
    try {
      return PathSecurity.parse(setting.value());
    } catch (IllegalArgumentException e) {
      throw Values.bad(setting, e);
    }
  }

  private static @Nullable Secret identity(@Nullable Setting setting) throws ConfigException {
    try {
      return setting == null ? null : KeyFile.readOrCreate(Path.of(setting.value()));
    } catch (PrivateFileException | InvalidPathException e) {
      throw setting.bad(String.valueOf(e.getMessage()));
    }
  }
}
