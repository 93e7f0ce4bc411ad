package io.bradawl.rendezvous.json;

import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON value on one line. What is written holds nothing but printable ASCII, so neither
 * a log nor a page can be broken by a value, wherever it came from.
 */
public final class JsonWriter {

  private final StringBuilder out = new StringBuilder(256);
  private boolean first = true;

  /** Begins an object as the next value. */
  public JsonWriter object() {
    return open('{');
  }

  public JsonWriter endObject() {
    return close('}');
  }

  /** Begins an array as the next value. */
  public JsonWriter array() {
    return open('[');
  }

  public JsonWriter endArray() {
    return close(']');
  }

  /** Names the next value. */
  public JsonWriter name(String name) {
    separate();
    quote(name);
    out.append(':');
    first = true;
    return this;
  }

  /** Writes the text of {@code value}, or {@code null}. */
  public JsonWriter value(@Nullable Object value) {
    separate();
    if (value == null || value instanceof Boolean || isWhole(value)) {
      out.append(value);
    } else {
      quote(value.toString());
    }
    return this;
  }

  /** A name and its value. */
  public JsonWriter put(String name, @Nullable Object value) {
    return name(name).value(value);
  }

  /** A name and its value, unless that is {@code null}. */
  public JsonWriter putUnlessNull(String name, @Nullable Object value) {
    return value == null ? this : put(name, value);
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private static boolean isWhole(Object value) {
    return value instanceof Long || value instanceof Integer;
  }

  private JsonWriter open(char bracket) {
    separate();
    out.append(bracket);
    first = true;
    return this;
  }

  private JsonWriter close(char bracket) {
    out.append(bracket);
    first = false;
    return this;
  }

  private void separate() {
    if (!first) {
      out.append(',');
    }
    first = false;
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      append(text.charAt(i));
    }
    out.append('"');
  }

  /** Escapes markup too: the text may end up in a page. */
  private void append(char c) {
    if (c == '"' || c == '\\') {
      out.append('\\').append(c);
    } else if (c < ' ' || c > '~' || c == '<' || c == '>' || c == '&') {
      out.append(String.format("\\u%04x", (int) c));
    } else {
      out.append(c);
    }
  }
}
