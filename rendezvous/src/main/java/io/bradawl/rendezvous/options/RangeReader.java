package io.bradawl.rendezvous.options;

import io.bradawl.protocol.turn.AddressRange;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 10.0.0.0/8}, or a single address. */
final class RangeReader implements ITypeConverter<AddressRange> {

  @Override
  public AddressRange convert(String text) {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
