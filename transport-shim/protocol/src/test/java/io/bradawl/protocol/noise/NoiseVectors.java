package io.bradawl.protocol.noise;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bradawl.protocol.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads test vectors in the layout that cacophony and snow share; enough of JSON for that. */
final class NoiseVectors {

  record Message(Octets payload, Octets ciphertext) {}

  private final String text;

  private NoiseVectors(String text) {
    this.text = text;
  }

  /** The vectors of our protocol in a file beside this class. */
  static List<NoiseVectors> load(String resource) throws IOException {
    try (InputStream in = NoiseVectors.class.getResourceAsStream(resource)) {
      return parse(new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8));
    }
  }

  static List<NoiseVectors> parse(String json) {
    List<NoiseVectors> vectors = new ArrayList<>();
    for (String part : Pattern.compile("(?=\"protocol_name\")").split(json, -1)) {
      if (part.matches("(?s)\"protocol_name\"\\s*:\\s*\"" + HandshakeState.PROTOCOL + "\".*")) {
        vectors.add(new NoiseVectors(part));
      }
    }
    return vectors;
  }

  byte[] octets(String field) {
    Matcher match =
        Pattern.compile("\"" + field + "\"\\s*:\\s*\\[?\\s*\"([0-9a-f]*)\"").matcher(text);
    if (!match.find()) {
      throw new IllegalArgumentException("vector has no " + field);
    }
    return HexFormat.of().parseHex(match.group(1));
  }

  List<Message> messages() {
    Matcher match =
        Pattern.compile(
                "\"payload\"\\s*:\\s*\"([0-9a-f]*)\",\\s*\"ciphertext\"\\s*:\\s*\"([0-9a-f]*)\"")
            .matcher(text);
    List<Message> messages = new ArrayList<>();
    while (match.find()) {
      messages.add(new Message(hex(match.group(1)), hex(match.group(2))));
    }
    return messages;
  }

  private static Octets hex(String text) {
    return Octets.of(HexFormat.of().parseHex(text));
  }
}
