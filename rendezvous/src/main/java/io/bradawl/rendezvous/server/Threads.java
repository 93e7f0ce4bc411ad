package io.bradawl.rendezvous.server;

import io.bradawl.rendezvous.net.IoKind;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One thread serves all connections, so the directory needs no lock; others, one for each
 * processor, serve datagrams, so a flood of these does not hold up signalling.
 */
record Threads(EventLoopGroup connections, EventLoopGroup datagrams) implements AutoCloseable {

  static Threads start(IoKind io) {
    return new Threads(
        io.loop("rendezvous-tcp"),
        io.loops("rendezvous-udp", Runtime.getRuntime().availableProcessors()));
  }

  EventLoop signalling() {
    return connections.next();
  }

  /** Completes once every thread has done something else: it is not stuck. */
  CompletableFuture<Void> pulse() {
    return CompletableFuture.allOf(
        Stream.of(connections, datagrams)
            .flatMap(group -> StreamSupport.stream(group.spliterator(), false))
            .map(loop -> CompletableFuture.runAsync(() -> {}, loop))
            .toArray(CompletableFuture[]::new));
  }

  @Override
  public void close() {
    connections.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    datagrams.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    connections.terminationFuture().awaitUninterruptibly();
    datagrams.terminationFuture().awaitUninterruptibly();
  }
}
