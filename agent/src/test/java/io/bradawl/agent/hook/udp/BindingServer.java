package io.bradawl.agent.hook.udp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.wire.WireFormatException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Answers STUN Binding requests on loopback. */
final class BindingServer {

  private final DatagramChannel channel;

  BindingServer() throws IOException {
    channel =
        DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread thread = new Thread(this::serve, "binding-server");
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  private void serve() {
    ByteBuffer buffer = ByteBuffer.allocate(1500);
    while (channel.isOpen()) {
      try {
        InetSocketAddress from = (InetSocketAddress) channel.receive(buffer.clear());
        StunMessage request = StunDecoder.decode(buffer.flip());
        TransportAddress mapped = new TransportAddress(from.getAddress(), from.getPort());
        channel.send(StunEncoder.encode(request.success(new XorMappedAddress(mapped))), from);
      } catch (IOException | WireFormatException e) {
        continue; // not a request: not answered
      }
    }
  }
}
