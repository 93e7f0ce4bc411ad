package io.bradawl.agent.config;

import io.bradawl.protocol.access.AccessPolicy;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.signal.Security;
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
    PathSecurity tcp = security(sources, Key.TCP_SECURITY, Available.TCP_ENCRYPTION);
    PathSecurity udp = security(sources, Key.UDP_SECURITY, Available.UDP_ENCRYPTION);
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

  private static PathSecurity security(Sources sources, Key key, boolean encryption)
      throws ConfigException {
    Setting setting = sources.of(key);
    if (setting == null) {
      return PathSecurity.parse(Available.security(encryption));
    }
    try {
      PathSecurity security = PathSecurity.parse(setting.value());
      if (!encryption && security.uses(Security.ENCRYPTED)) {
        throw setting.bad(
            "encryption is not available in this version (" + AgentConfig.VERSION + ")");
      }
      return security;
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
