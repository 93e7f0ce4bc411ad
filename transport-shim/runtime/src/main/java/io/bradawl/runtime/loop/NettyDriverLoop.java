package io.bradawl.runtime.loop;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.nio.NioIoOps;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The driver loop on one Netty NIO event loop, which the rendezvous connection shares. */
public final class NettyDriverLoop implements DriverLoop, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger("bradawl.loop");

  private final MultiThreadIoEventLoopGroup group;
  private final IoEventLoop loop;

  public NettyDriverLoop() {
    this(new DefaultThreadFactory("bradawl-driver", true));
  }

  /** On a thread of one's own making, which is started when there is something to do. */
  public NettyDriverLoop(ThreadFactory threads) {
    group = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
    loop = group.next();
  }

  /** For Netty channels that are to live on this loop. */
  public IoEventLoop eventLoop() {
    return loop;
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public boolean inLoop() {
    return loop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(guarded(task));
  }

  @Override
  public Timer at(long atNanos, Runnable task) {
    long delay = Math.max(0, atNanos - now());
    ScheduledFuture<?> future = loop.schedule(guarded(task), delay, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public Watch watch(SelectableChannel channel, int interestOps, IntConsumer ready)
      throws IOException {
    Future<IoRegistration> registering = loop.register(new WatchedChannel(channel, ready));
    if (!registering.isSuccess()) {
      throw new IOException("cannot watch " + channel, registering.cause());
    }
    IoRegistration registration = registering.getNow();
    registration.submit(NioIoOps.valueOf(interestOps));
    return new NettyWatch(registration);
  }

  /** Ends the thread. Channels that are still watched are closed. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** A task that fails must not take its neighbours with it, and must be seen. */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        log.error("a task on the driver loop failed", e);
      }
    };
  }

  private record WatchedChannel(SelectableChannel channel, IntConsumer ready)
      implements NioIoHandle {

    @Override
    public SelectableChannel selectableChannel() {
      return channel;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
      int ops = ((NioIoEvent) event).ops().value();
      guarded(() -> ready.accept(ops)).run();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private final class NettyWatch implements Watch {

    private final IoRegistration registration;

    NettyWatch(IoRegistration registration) {
      this.registration = registration;
    }

    @Override
    public void interest(int ops) {
      if (registration.isValid()) {
        registration.submit(NioIoOps.valueOf(ops));
      }
    }

    @Override
    public void cancel() {
      registration.cancel();
    }

    @Override
    public void release(Runnable released) {
      SelectionKey key = registration.attachment();
      registration.cancel();
      // Not in the midst of event handling, and past the set that Netty makes the selector fill: it
      // holds nulls where it was worked through. Events found now are level-triggered: they come
      // again.
      execute(
          () -> {
            try {
              key.selector().selectNow(ready -> {});
            } catch (IOException e) {
              log.warn("a channel could not be taken out of the selector: {}", e.toString());
            }
            released.run();
          });
    }
  }
}
