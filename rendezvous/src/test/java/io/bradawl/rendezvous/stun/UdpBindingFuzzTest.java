package io.bradawl.rendezvous.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.fuzz.Bound;
import io.bradawl.protocol.fuzz.Mutation;
import io.bradawl.protocol.stun.ChangeRequest;
import io.bradawl.protocol.stun.Padding;
import io.bradawl.protocol.stun.ResponsePort;
import io.bradawl.protocol.stun.Software;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.StunSamples;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Datagrams at the server's port, with and without behaviour discovery: at most one answer. */
class UdpBindingFuzzTest {

  private static final Bound BOUND = new Bound(1 << 18, 512);

  /** An answer of two IPv6 addresses more than the request asked for, and their headers. */
  private static final int MOST_MORE = 96;

  private static final TwoAddresses TWO =
      new TwoAddresses(address("192.0.2.1", 3478), address("192.0.2.2", 3479));

  @FuzzTest
  void fuzz(byte[] input) throws Exception {
    BOUND.hold(input, UdpBindingFuzzTest::run);
  }

  private static void run(FuzzedDataProvider data) {
    Telemetry telemetry = Telemetry.unseen();
    BindingService service =
        new BindingService(data.consumeBoolean() ? new Software("bradawl") : null, telemetry);
    if (data.consumeBoolean()) {
      service.discover(TWO, Map.of());
    }
    EmbeddedChannel channel =
        new EmbeddedChannel(new UdpBindingHandler(service, Seat.FIRST, telemetry));
    byte[] datagram = Mutation.of(genuine(data), data);
    ByteBuf octets = Unpooled.directBuffer(datagram.length + 1).writeBytes(datagram);
    InetSocketAddress source = new InetSocketAddress(ip("203.0.113.9"), data.consumeInt(0, 2));
    channel.writeInbound(new DatagramPacket(octets, new InetSocketAddress(0), source));
    channel.runPendingTasks();
    channel.checkException();
    assertThat(octets.refCnt()).as("references to the datagram").isZero();
    answers(channel, datagram.length);
    channel.close();
  }

  private static void answers(EmbeddedChannel channel, int request) {
    DatagramPacket answer = channel.readOutbound();
    if (answer != null) {
      assertThat(answer.content().readableBytes()).isLessThanOrEqualTo(request + MOST_MORE);
      answer.release();
    }
    assertThat((Object) channel.readOutbound()).as("a second answer").isNull();
  }

  private static byte[] genuine(FuzzedDataProvider data) {
    if (data.consumeBoolean()) {
      return StunEncoder.encode(StunSamples.message(new Random(data.consumeInt()))).array();
    }
    List<StunAttribute> attributes = new ArrayList<>();
    for (int i = data.consumeInt(0, 3); i > 0; i--) {
      attributes.add(
          switch (data.consumeInt(0, 2)) {
            case 0 -> new ChangeRequest(data.consumeBoolean(), data.consumeBoolean());
            case 1 -> new ResponsePort(data.consumeInt(0, 3));
            default -> new Padding(data.consumeInt(0, 100));
          });
    }
    StunMessage request =
        StunMessage.request(
            StunMethod.BINDING, new TransactionId(1, 2), attributes.toArray(StunAttribute[]::new));
    return StunEncoder.encode(request, null, data.consumeBoolean()).array();
  }

  private static TransportAddress address(String ip, int port) {
    return new TransportAddress(ip(ip), port);
  }

  private static InetAddress ip(String literal) {
    return new InetSocketAddress(literal, 0).getAddress();
  }
}
