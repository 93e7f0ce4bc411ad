package io.bradawl.rendezvous.stun;

import io.bradawl.protocol.stun.Software;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the sockets of one server share to answer Binding requests. */
public final class BindingService {

  private final @Nullable Software software;
  private final Telemetry telemetry;
  private final Map<Seat, Channel> sockets = new ConcurrentHashMap<>();
  private volatile DatagramResponder responder;

  /**
   * @param software what the server says of itself; {@code null} to say nothing
   */
  public BindingService(@Nullable Software software, Telemetry telemetry) {
    this.software = software;
    this.telemetry = telemetry;
    this.responder = new DatagramResponder(null, software);
  }

  /** For connections. */
  public BindingResponder streams() {
    return new BindingResponder(software);
  }

  /** The last handler of a UDP socket. */
  public ChannelHandler datagrams(Seat at) {
    return new UdpBindingHandler(this, at, telemetry);
  }

  /**
   * Lets clients find out from now on how their NAT behaves.
   *
   * @param sockets one for each seat
   */
  public void discover(TwoAddresses addresses, Map<Seat, Channel> sockets) {
    this.sockets.putAll(sockets);
    this.responder = new DatagramResponder(addresses, software);
  }

  DatagramResponder responder() {
    return responder;
  }

  @Nullable Channel socket(Seat seat) {
    return sockets.get(seat);
  }
}
