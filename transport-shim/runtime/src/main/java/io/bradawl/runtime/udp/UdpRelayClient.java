package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.turn.client.AllocationRequest;
import io.bradawl.protocol.turn.client.TurnInput;
import io.bradawl.protocol.turn.client.TurnOutput;
import io.bradawl.runtime.loop.DriverLoop;
import io.bradawl.runtime.turn.TurnServer;
import io.bradawl.runtime.turn.TurnServers;
import io.bradawl.runtime.turn.TurnSession;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Speaks to the TURN server from the application's own socket. */
final class UdpRelayClient implements RelayClient {

  /** Keeps the way to the server open in NATs, which may forget it after 30 s. */
  private static final Duration KEEPALIVE = Duration.ofSeconds(20);

  private final TurnServer server;
  private final InetSocketAddress address;
  private final AppDatagramSocket socket;
  private final UdpTables tables;
  private final Surroundings with;
  private final Listener listener;
  private final Channels channels = new Channels();
  private final TurnSession session;
  private final RelayDoor door;
  private DriverLoop.@Nullable Timer keepalive;
  private boolean over;

  /**
   * @param address of {@code server}
   * @param servers tell with what to go on
   */
  UdpRelayClient(
      TurnServer server,
      InetSocketAddress address,
      AppDatagramSocket socket,
      UdpTables tables,
      Surroundings with,
      TurnServers servers,
      Listener listener) {
    this.server = server;
    this.address = address;
    this.socket = socket;
    this.tables = tables;
    this.with = with;
    this.listener = listener;
    AllocationRequest wanted =
        new AllocationRequest(Transport.UDP, server.families(address.getAddress()), false);
    session = new TurnSession(with.loop(), with.random(), wanted, server, servers, this::perform);
    door = new RelayDoor(address, message -> with.loop().execute(() -> received(message)));
  }

  /** What comes after the end is nobody's. */
  private void received(StunMessage message) {
    if (!over) {
      session.tell(new TurnInput.Received(message));
    }
  }

  void start() {
    tables.open(door);
    session.tell(new TurnInput.Start());
  }

  @Override
  public TurnServer server() {
    return server;
  }

  @Override
  public void send(TransportAddress to, ByteBuffer control) {
    Integer channel = channel(to);
    if (channel != null) {
      socket.send(ChannelWay.framed(channel, control), address);
    }
  }

  @Override
  public Way way(TransportAddress to, DatagramSecurity security) {
    Integer channel = channel(to);
    return channel == null ? new NoWay() : new ChannelWay(address, channel, security);
  }

  @Override
  public void check() {
    session.tell(new TurnInput.Check());
  }

  @Override
  public void release() {
    if (!over) {
      session.tell(new TurnInput.Release());
      end();
    }
  }

  private @Nullable Integer channel(TransportAddress to) {
    return channels.to(to, session);
  }

  private void perform(TurnOutput output) {
    if (output instanceof TurnOutput.Send send) {
      door.ask(send.transaction());
      socket.send(send.message().asByteBuffer(), address);
    } else if (output instanceof TurnOutput.Binding binding) {
      channels.bound(binding.peer(), binding.channel());
      door.bind(binding.channel(), binding.peer());
    } else if (output instanceof TurnOutput.NotBound refused) {
      channels.refused(refused.peer(), refused.error());
    } else if (output instanceof TurnOutput.Allocated allocated) {
      keepAlive();
      channels.renewed();
      listener.allocated(this, allocated.relayed());
    } else if (output instanceof TurnOutput.Failed failed) {
      end();
      listener.failed(this, failed.error());
    }
    door.farewell(session.farewell());
  }

  /** A Binding indication is enough, and asks for no answer. */
  private void keepAlive() {
    cancelKeepalive();
    keepalive =
        with.loop()
            .at(
                with.loop().now() + KEEPALIVE.toNanos(),
                () -> {
                  TransactionId transaction = TransactionId.draw(with.random());
                  StunMessage sign = StunMessage.indication(StunMethod.BINDING, transaction);
                  socket.send(StunEncoder.encode(sign), address);
                  keepAlive();
                });
  }

  private void cancelKeepalive() {
    if (keepalive != null) {
      keepalive.cancel();
      keepalive = null;
    }
  }

  private void end() {
    over = true;
    cancelKeepalive();
    tables.shut(door);
  }
}
