package io.bradawl.rendezvous.options;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code 8080} or {@code :8080}, both on loopback, or {@code 192.0.2.1:8080}. */
final class HttpAddress implements ITypeConverter<InetSocketAddress> {

  @Override
  public InetSocketAddress convert(String text) {
    String onLoopback = text.startsWith(":") ? "127.0.0.1" + text : text;
    return new ListenAddress().convert(text.matches("\\d+") ? "127.0.0.1:" + text : onLoopback);
  }
}
