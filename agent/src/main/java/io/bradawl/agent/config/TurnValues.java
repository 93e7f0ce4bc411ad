package io.bradawl.agent.config;

import io.bradawl.protocol.turn.TurnUri;
import io.bradawl.runtime.identity.PrivateFile;
import io.bradawl.runtime.identity.PrivateFile.Readers;
import io.bradawl.runtime.identity.PrivateFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@link TurnConfig}. */
final class TurnValues {

  private static final int MAX_PASSWORD = 763;

  private TurnValues() {}

  /** {@code null} if no server is named. */
  static @Nullable TurnConfig read(Sources sources) throws ConfigException {
    Setting servers = sources.of(Key.TURN);
    Setting user = sources.of(Key.TURN_USER);
    String password = password(sources);
    if (servers == null) {
      Setting lone = user != null ? user : sources.of(Key.TURN_PASSWORD);
      if (lone != null) {
        throw lone.bad("bradawl.turn names no server that it could be for");
      }
      return null;
    }
    List<TurnUri> uris = uris(servers);
    if (user == null || password == null) {
      throw servers.bad(
          "the servers want to know who asks; set bradawl.turn.user and"
              + " bradawl.turn.password.file too");
    }
    return new TurnConfig(uris, user.value(), password);
  }

  private static List<TurnUri> uris(Setting setting) throws ConfigException {
    List<TurnUri> uris = new ArrayList<>();
    for (String uri : setting.value().split(",", -1)) {
      try {
        uris.add(TurnUri.parse(uri.strip()));
      } catch (IllegalArgumentException e) {
        throw setting.bad("\"" + uri.strip() + "\" " + e.getMessage());
      }
    }
    return uris;
  }

  private static @Nullable String password(Sources sources) throws ConfigException {
    Setting text = sources.of(Key.TURN_PASSWORD);
    Setting file = sources.of(Key.TURN_PASSWORD_FILE);
    if (text != null && file != null) {
      throw file.bad("bradawl.turn.password is set too; remove one of the two, best that one");
    }
    if (file == null) {
      return text == null ? null : text.value();
    }
    try {
      byte[] content = PrivateFile.read(Path.of(file.value()), Readers.OWNER_AND_GROUP);
      String password = new String(content, StandardCharsets.UTF_8).strip();
      if (password.isEmpty() || content.length > MAX_PASSWORD) {
        throw file.bad("the file must hold 1 to " + MAX_PASSWORD + " octets");
      }
      return password;
    } catch (PrivateFileException | InvalidPathException e) {
      throw file.bad(String.valueOf(e.getMessage()));
    }
  }
}
