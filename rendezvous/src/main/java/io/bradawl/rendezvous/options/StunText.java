package io.bradawl.rendezvous.options;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bradawl.protocol.stun.StunRealm;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes what fits into an attribute of STUN such as REALM and SOFTWARE, and is not empty. */
final class StunText implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    int octets = text.getBytes(UTF_8).length;
    if (octets == 0 || octets > StunRealm.MAX_OCTETS) {
      throw new TypeConversionException(
          "a text of " + octets + " octets, allowed are 1 to " + StunRealm.MAX_OCTETS);
    }
    return text;
  }
}
