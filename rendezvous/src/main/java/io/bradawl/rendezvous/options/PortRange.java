package io.bradawl.rendezvous.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Ports one after the other.
 *
 * @param first 1 to 65535
 * @param last {@code first} to 65535
 */
record PortRange(int first, int last) {

  private static final int LARGEST = 0xFFFF;
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

  /** Reads {@code 49152-65535}. */
  static final class Reader implements ITypeConverter<PortRange> {

    @Override
    public PortRange convert(String text) {
      Matcher form = FORM.matcher(text);
      if (form.matches()) {
        int first = Integer.parseInt(form.group(1));
        int last = Integer.parseInt(form.group(2));
        if (first >= 1 && first <= last && last <= LARGEST) {
          return new PortRange(first, last);
        }
      }
      throw new TypeConversionException(
          "\"" + text + "\" is no range of ports such as 49152-65535");
    }
  }
}
