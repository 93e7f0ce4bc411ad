package io.bradawl.protocol.signal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bradawl.protocol.stun.Nonce;
import io.bradawl.protocol.stun.Username;
import io.bradawl.protocol.turn.RelayGrant;
import io.bradawl.protocol.turn.TurnUri;
import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The value of RELAY: four octets of lifetime in seconds, texts behind their lengths, and URIs. */
final class RelayGrants {

  private static final String FIELD = "RELAY";
  private static final int MAX_TEXT = Nonce.MAX_OCTETS;

  private RelayGrants() {}

  static ByteBuffer encode(RelayGrant grant) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.writeBytes(
        ByteBuffer.allocate(4)
            .putInt((int) Math.min(grant.lifetime().toSeconds(), 0xFFFF_FFFFL))
            .array());
    text(value, grant.username());
    text(value, grant.password());
    text(value, grant.realm());
    text(value, grant.nonce());
    value.write(grant.servers().size());
    grant.servers().forEach(server -> text(value, server.toString()));
    return ByteBuffer.wrap(value.toByteArray());
  }

  static RelayGrant decode(WireReader value) throws WireFormatException {
    Duration lifetime = Duration.ofSeconds(Integer.toUnsignedLong(value.i32(FIELD)));
    String username = text(value, Username.MAX_OCTETS);
    String password = text(value, MAX_TEXT);
    String realm = text(value, MAX_TEXT);
    String nonce = text(value, MAX_TEXT);
    RelayGrant grant = new RelayGrant(lifetime, username, password, realm, nonce, servers(value));
    value.end(FIELD);
    return grant;
  }

  private static List<TurnUri> servers(WireReader value) throws WireFormatException {
    int count = value.u8(FIELD);
    if (count > RelayGrant.MAX_SERVERS) {
      throw value.failure(FIELD, count + " servers, allowed are " + RelayGrant.MAX_SERVERS);
    }
    List<TurnUri> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int start = value.offset();
      try {
        servers.add(TurnUri.parse(text(value, TurnUri.MAX_LENGTH)));
      } catch (IllegalArgumentException e) {
        throw new WireFormatException(FIELD, start, "URI " + e.getMessage());
      }
    }
    return servers;
  }

  private static void text(ByteArrayOutputStream value, String text) {
    byte[] octets = text.getBytes(UTF_8);
    value.write(octets.length >> 8);
    value.write(octets.length);
    value.writeBytes(octets);
  }

  private static String text(WireReader value, int most) throws WireFormatException {
    return value.part(FIELD, value.u16(FIELD)).text(FIELD, most);
  }
}
