package io.bradawl.agent.command;

import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.realm.Realm;
import io.bradawl.protocol.realm.RealmSecret;
import io.bradawl.runtime.identity.PrivateFile;
import io.bradawl.runtime.identity.PrivateFile.Readers;
import io.bradawl.runtime.identity.PrivateFileException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * {@code realm}: what is to be kept goes to standard output, the explanation to standard error, so
 * that the output can be sent straight to a file.
 */
final class RealmCommands {

  private static final int OCTETS = 32;

  private final PrintStream out;
  private final PrintStream err;

  RealmCommands(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  int generate() {
    byte[] random = new byte[OCTETS];
    new SecureRandom().nextBytes(random);
    String secret = RealmSecret.generate(random);
    Arrays.fill(random, (byte) 0);
    err.println(
        """
        A new realm. Its secret is on standard output: whoever has it is a member. To keep it in a file:
          (umask 077; java -jar bradawl-agent.jar realm > realm.secret)
        and start every peer with -Dbradawl.secret.file=realm.secret. Never give it to a rendezvous.
        Access key, for the rendezvous' list of realms (no secret; of the file later: realm --secret-file FILE):
          %s
        Secret:"""
            .formatted(accessKey(RealmSecret.parse(secret))));
    out.println(secret);
    return 0;
  }

  int show(String file) throws CommandException {
    byte[] content = new byte[0];
    try {
      content = PrivateFile.read(Path.of(file), Readers.OWNER_AND_GROUP);
      out.println(accessKey(RealmSecret.parse(content)));
      return 0;
    } catch (PrivateFileException | InvalidPathException e) {
      throw CommandException.unreadable(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw CommandException.unreadable(file + ": " + e.getMessage(), e);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static String accessKey(Secret secret) {
    try (Realm realm = Realm.of(secret)) {
      return realm.accessKey().toString();
    }
  }
}
