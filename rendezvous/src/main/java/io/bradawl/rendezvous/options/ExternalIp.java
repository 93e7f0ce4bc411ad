package io.bradawl.rendezvous.options;

import io.bradawl.rendezvous.turn.RelayAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 192.0.2.1/10.0.0.1}: what others know, what this machine has. */
final class ExternalIp implements ITypeConverter<RelayAddress> {

  @Override
  public RelayAddress convert(String text) {
    RelayAddress pair = new RelayIp().convert(text);
    if (pair.bound().isAnyLocalAddress() || pair.bound().equals(pair.told())) {
      throw new TypeConversionException(
          "\"" + text + "\" does not name an outer address and a local one, as 192.0.2.1/10.0.0.1");
    }
    return pair;
  }
}
