package io.bradawl.rendezvous.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class OutletTest {

  private static final int ROUND = 200;
  private static final int OCTETS = 1200;
  private static final InetSocketAddress RECIPIENT = new InetSocketAddress("192.0.2.1", 5000);

  private int dropped;

  @Test
  void allOfALongRoundLeaves() {
    EmbeddedChannel socket = new EmbeddedChannel();

    round(socket);

    int left = 0;
    for (DatagramPacket packet = socket.readOutbound();
        packet != null;
        packet = socket.readOutbound()) {
      packet.release();
      left++;
    }
    assertThat(left).isEqualTo(ROUND);
    assertThat(dropped).isZero();
  }

  @Test
  void whatASocketDoesNotTakeIsDroppedAndCounted() {
    EmbeddedChannel socket = new EmbeddedChannel(new Full());

    round(socket);

    assertThat(dropped).isPositive().isLessThan(ROUND);
    assertThat(socket.outboundMessages()).isEmpty();
  }

  private void round(EmbeddedChannel socket) {
    Batch batch = new Batch(socket.eventLoop());
    Outlet outlet =
        new Outlet(socket, batch, new Segmentation(false), datagrams -> dropped += datagrams);
    for (int i = 0; i < ROUND; i++) {
      outlet.send(Unpooled.wrappedBuffer(new byte[OCTETS]), RECIPIENT);
    }
    socket.runPendingTasks();
  }

  private static final class Full extends ChannelOutboundHandlerAdapter {

    @Override
    public void flush(ChannelHandlerContext context) {}
  }
}
