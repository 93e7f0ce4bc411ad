package io.bradawl.rendezvous.options;

import io.bradawl.protocol.turn.AddressRange;
import io.bradawl.rendezvous.turn.RelayAddress;
import java.net.InetAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 192.0.2.1}, or {@code 192.0.2.1/10.0.0.1}: what peers are told, what is bound. */
final class RelayIp implements ITypeConverter<RelayAddress> {

  @Override
  public RelayAddress convert(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2) {
      throw wrong(text);
    }
    InetAddress told = address(parts[0], text);
    InetAddress bound = parts.length == 1 ? told : address(parts[1], text);
    if (told.getAddress().length != bound.getAddress().length || told.isAnyLocalAddress()) {
      throw wrong(text);
    }
    return new RelayAddress(bound, told);
  }

  private static InetAddress address(String part, String text) {
    try {
      return AddressRange.parse(part).network();
    } catch (IllegalArgumentException e) {
      throw wrong(text);
    }
  }

  private static TypeConversionException wrong(String text) {
    return new TypeConversionException(
        "\"" + text + "\" is no address, or two of one family such as 192.0.2.1/10.0.0.1");
  }
}
