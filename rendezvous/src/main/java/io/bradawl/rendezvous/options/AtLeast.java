package io.bradawl.rendezvous.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number that must not be too small. */
abstract class AtLeast implements ITypeConverter<Integer> {

  private final int least;

  AtLeast(int least) {
    this.least = least;
  }

  @Override
  public Integer convert(String text) {
    try {
      int value = Integer.parseInt(text);
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below: it is outside the range, too.
    }
    throw new TypeConversionException(
        "\"" + text + "\" is not a number from " + least + " to " + Integer.MAX_VALUE);
  }

  static final class Zero extends AtLeast {
    Zero() {
      super(0);
    }
  }

  static final class One extends AtLeast {
    One() {
      super(1);
    }
  }

  static final class Twenty extends AtLeast {
    Twenty() {
      super(20);
    }
  }
}
