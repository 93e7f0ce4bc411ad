package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.turn.client.AllocationRequest;
import io.bradawl.protocol.turn.client.TurnInput;
import io.bradawl.protocol.turn.client.TurnOutput;
import io.bradawl.runtime.turn.TurnAccess;
import io.bradawl.runtime.turn.TurnServer;
import io.bradawl.runtime.turn.TurnSession;
import io.bradawl.runtime.turn.TurnStream;
import java.nio.ByteBuffer;

/**
 * Speaks to the TURN server over TCP or TLS, for networks that let no UDP through. The
 * application's socket has no part in it: what arrives is put into its queue.
 */
final class StreamRelayClient implements RelayClient, TurnStream.Listener {

  private final TurnServer server;
  private final Listener listener;
  private final Channels channels = new Channels();
  private final TurnSession session;
  private final TurnStream stream;
  private boolean over;

  StreamRelayClient(TurnServer server, TurnAccess turn, Surroundings with, Listener listener) {
    this.server = server;
    this.listener = listener;
    AllocationRequest wanted =
        new AllocationRequest(Transport.UDP, AllocationRequest.Families.DEFAULT, true);
    session =
        new TurnSession(with.loop(), with.random(), wanted, server, turn.servers(), this::perform);
    stream = turn.open(server, this);
  }

  @Override
  public TurnServer server() {
    return server;
  }

  @Override
  public void up() {
    session.tell(new TurnInput.Start());
  }

  @Override
  public void received(StunMessage message) {
    session.tell(new TurnInput.Received(message));
  }

  @Override
  public void data(int channel, ByteBuffer datagram) {
    TransportAddress from = channels.at(channel);
    if (from != null && !over) {
      listener.arrived(from, datagram);
    }
  }

  @Override
  public void lost(String why) {
    session.tell(new TurnInput.TransportLost(why));
  }

  @Override
  public void send(TransportAddress to, ByteBuffer control) {
    Integer channel = channels.to(to, session);
    if (channel != null) {
      stream.sendData(channel, control);
    }
  }

  @Override
  public Way way(TransportAddress to, DatagramSecurity security) {
    Integer channel = channels.to(to, session);
    return channel == null ? new NoWay() : new StreamWay(stream, channel, security);
  }

  @Override
  public void check() {
    session.tell(new TurnInput.Check());
  }

  @Override
  public void release() {
    if (!over) {
      over = true;
      session.tell(new TurnInput.Release());
      stream.close();
    }
  }

  private void perform(TurnOutput output) {
    if (output instanceof TurnOutput.Send send) {
      stream.send(send.message());
    } else if (output instanceof TurnOutput.Binding binding) {
      channels.bound(binding.peer(), binding.channel());
    } else if (output instanceof TurnOutput.NotBound refused) {
      channels.refused(refused.peer(), refused.error());
    } else if (output instanceof TurnOutput.Data data) {
      listener.arrived(data.peer(), ByteBuffer.wrap(data.datagram().toByteArray()));
    } else if (output instanceof TurnOutput.Allocated allocated) {
      channels.renewed();
      listener.allocated(this, allocated.relayed());
    } else if (output instanceof TurnOutput.Failed failed) {
      over = true;
      stream.close();
      listener.failed(this, failed.error());
    }
  }
}
