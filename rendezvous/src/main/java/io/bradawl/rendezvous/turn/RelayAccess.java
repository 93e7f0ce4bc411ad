package io.bradawl.rendezvous.turn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.stun.StunRealm;
import io.bradawl.protocol.stun.credential.LongTermVerifier;
import io.bradawl.protocol.turn.RelayGrant;
import io.bradawl.protocol.turn.TimeLimitedCredential;
import io.bradawl.protocol.turn.TimeLimitedCredentials;
import io.bradawl.rendezvous.watch.NamedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may use the relay. */
public final class RelayAccess {

  private static final int SECRET_OCTETS = 32;
  private static final int SHORTEST_SECRET = 16;

  private final LongTermVerifier verifier;
  private final TimeLimitedCredentials credentials;
  private final RelayUsers users;
  private final Duration granted;

  private RelayAccess(
      LongTermVerifier verifier,
      TimeLimitedCredentials credentials,
      RelayUsers users,
      Duration granted) {
    this.verifier = verifier;
    this.credentials = credentials;
    this.users = users;
    this.granted = granted;
  }

  /**
   * Reads what is in files.
   *
   * @param secretFile from which time-limited credentials follow; {@code null} to draw a secret,
   *     which then no other server has
   * @param usersFile users that are always known, or {@code null}
   * @param granted how long credentials for registered peers are good
   * @throws IOException if a file cannot be read or makes no sense; the message names it
   */
  public static RelayAccess open(
      String realm, @Nullable Path secretFile, @Nullable Path usersFile, Duration granted)
      throws IOException {
    Secret secret = secretFile == null ? drawn() : read(secretFile);
    TimeLimitedCredentials credentials = new TimeLimitedCredentials(secret);
    UsersFile file = usersFile == null ? null : new UsersFile(usersFile);
    RelayUsers users = new RelayUsers(file, credentials);
    // Time-limited names cannot be found by their hash, so user anonymity is not offered.
    LongTermVerifier verifier = new LongTermVerifier(new StunRealm(realm), secret, users, false);
    return new RelayAccess(verifier, credentials, users, granted);
  }

  /** Looks at requests. */
  LongTermVerifier verifier() {
    return verifier;
  }

  /** Follows what has become of the file of users. Always on the same thread. */
  public void refresh() {
    users.refresh();
  }

  /**
   * Leave for a registered peer, so that its first request need not be refused.
   *
   * @param id of the peer
   * @param source from where it has registered
   * @param now seconds since 1970
   */
  public RelayGrant grant(PeerId id, TransportAddress source, long now) {
    TimeLimitedCredential made = credentials.mint(id.label(), granted.toSeconds(), now);
    return new RelayGrant(
        granted,
        made.username(),
        made.password(),
        verifier.realm().name(),
        verifier.nonce(source, now).value(),
        List.of());
  }

  private static Secret drawn() {
    byte[] octets = new byte[SECRET_OCTETS];
    new SecureRandom().nextBytes(octets);
    return Secret.takeOver(octets);
  }

  /** Text, as coturn's {@code static-auth-secret}; the line's end is not part of it. */
  private static Secret read(Path path) throws IOException {
    NamedFile file = new NamedFile("TURN secret file", path);
    String text = file.text().strip();
    if (text.length() < SHORTEST_SECRET) {
      throw new IOException(
          file
              + " holds "
              + text.length()
              + " characters, at least "
              + SHORTEST_SECRET
              + " are needed; make one with: openssl rand -hex 32");
    }
    return Secret.takeOver(text.getBytes(UTF_8));
  }
}
