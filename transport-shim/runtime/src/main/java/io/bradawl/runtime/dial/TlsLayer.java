package io.bradawl.runtime.dial;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** TLS on a channel. Apart from the rest, so that plain connections load none of its classes. */
record TlsLayer(SSLEngine engine) {

  /**
   * Puts TLS before all else that is in the pipeline, and begins the handshake when the channel is
   * active.
   *
   * @param done is told once: {@code null}, or why the handshake failed
   */
  void addTo(Channel channel, Consumer<@Nullable Throwable> done) {
    SslHandler handler = new SslHandler(engine, TlsLayer::aside);
    channel.pipeline().addFirst(handler);
    handler
        .handshakeFuture()
        .addListener(future -> done.accept(future.isSuccess() ? null : future.cause()));
  }

  /** Verifying a chain takes its time when it happens first; the loop has other things to do. */
  private static void aside(Runnable task) {
    Thread thread = new Thread(task, "bradawl-tls");
    thread.setDaemon(true);
    thread.start();
  }
}
