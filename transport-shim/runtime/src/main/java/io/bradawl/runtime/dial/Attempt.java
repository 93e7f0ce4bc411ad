package io.bradawl.runtime.dial;

import io.bradawl.runtime.loop.NettyDriverLoop;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.DecoderException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A connection that is being made. Only to be used on its loop. */
public final class Attempt {

  private final NettyDriverLoop loop;
  private final Caller caller;
  private @Nullable Channel channel;
  private boolean over;

  Attempt(NettyDriverLoop loop, Caller caller) {
    this.loop = loop;
    this.caller = caller;
  }

  /** Gives up: the caller hears no more. Does nothing once the connection stands. */
  public void cancel() {
    if (!over) {
      over = true;
      close();
    }
  }

  void connect(Dial.@Nullable Way way, @Nullable Throwable problem) {
    if (over) {
      return;
    }
    if (way == null) {
      fail(problem instanceof CompletionException ? problem.getCause() : problem);
      return;
    }
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop.eventLoop())
            .channelFactory(WatchedChannel::new)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(pipeline(way))
            .connect(way.first());
    channel = connecting.channel();
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            fail(done.cause());
          } else if (way.tls() == null) {
            up(true);
          }
        });
  }

  private ChannelInitializer<Channel> pipeline(Dial.Way way) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel opened) {
        if (way.tunnelTo() != null) {
          opened
              .pipeline()
              .addLast(new HttpConnect(way.tunnelTo(), () -> secure(opened, way)))
              .addLast(new Guard());
        } else {
          secure(opened, way);
          opened.pipeline().addLast(new Guard());
        }
        caller.equip(opened.pipeline());
      }
    };
  }

  private void secure(Channel opened, Dial.Way way) {
    if (way.tls() != null) {
      way.tls()
          .addTo(
              opened,
              problem -> {
                if (problem != null) {
                  fail(problem);
                } else {
                  up(way.tunnelTo() == null);
                }
              });
    }
  }

  private void up(boolean direct) {
    Channel connected = channel;
    if (!over && connected != null) {
      over = true;
      connected.pipeline().remove(Guard.class);
      caller.up(connected, direct);
    }
  }

  private void fail(@Nullable Throwable problem) {
    if (!over) {
      over = true;
      close();
      caller.failed(DialFailure.text(problem));
    }
  }

  private void close() {
    if (channel != null) {
      channel.close();
    }
  }

  /** Keeps what happens before the connection stands from whoever is to speak on it. */
  private final class Guard extends ChannelInboundHandlerAdapter {

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      fail(new ClosedChannelException());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
      Throwable cause = problem.getCause();
      fail(problem instanceof DecoderException && cause != null ? cause : problem);
    }
  }
}
