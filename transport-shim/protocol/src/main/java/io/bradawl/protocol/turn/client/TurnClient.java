package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ConnectionId;
import io.bradawl.protocol.stun.Data;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.XorPeerAddress;
import java.util.ArrayDeque;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One allocation at one TURN server (RFC 8656), over whatever transport the driver has to it, with
 * relayed UDP or TCP (RFC 6062).
 *
 * <p>The first request is already proven if the {@link TurnAccount} comes with realm and nonce. The
 * allocation, its permissions and its channels are renewed for as long as the machine lives; a
 * server that has forgotten them, say because it was started anew, is asked for all of them again,
 * and only the relayed address changes ({@link TurnOutput.Lost}, {@link TurnOutput.Allocated}).
 *
 * <p>Over UDP one server address serves one allocation of a socket at a time: the 5-tuple names it.
 */
public final class TurnClient implements Machine<TurnInput, TurnOutput> {

  private final Queue<TurnOutput> outputs = new ArrayDeque<>();
  private final Login login;
  private final RandomGenerator random;
  private final Requests requests;
  private final Allocation allocation;
  private final Permissions permissions;
  private final Channels channels;
  private final Connects connects;
  private boolean over;

  /**
   * A machine that does nothing before {@link TurnInput.Start}.
   *
   * @param random draws transaction ids: cryptographically strong outside of tests
   */
  public TurnClient(AllocationRequest wanted, TurnAccount account, RandomGenerator random) {
    this.random = random;
    login = new Login(account);
    requests = new Requests(login, wanted.reliable(), random, outputs::add);
    allocation = new Allocation(wanted, requests, login, new Fate());
    Requests.Outcome lost = new Unknown();
    permissions = new Permissions(requests, outputs::add, lost);
    channels = new Channels(requests, outputs::add, lost);
    connects = new Connects(requests, outputs::add, lost);
  }

  @Override
  public void handle(TurnInput input, long now) {
    if (!over) {
      input.applyTo(this, now);
    }
  }

  @Override
  public void tick(long now) {
    if (!over) {
      requests.tick(now);
      allocation.tick(now);
      permissions.tick(now);
      channels.tick(now);
    }
  }

  @Override
  public @Nullable TurnOutput poll() {
    return outputs.poll();
  }

  @Override
  public long nextTimeout() {
    if (over) {
      return NEVER;
    }
    long renewals = Math.min(permissions.next(), channels.next());
    return Math.min(renewals, Math.min(requests.next(), allocation.next()));
  }

  /** Whether there is an allocation at the moment. */
  public boolean isAllocated() {
    return !over && allocation.isPresent();
  }

  /** Whether the machine does nothing any more: released, or {@link TurnOutput.Failed}. */
  public boolean isOver() {
    return over;
  }

  /**
   * The number of the channel to a peer as of now, confirmed or not: what {@link
   * TurnOutput.Binding} tells, before it is polled. Empty if none is wanted, or none can be had.
   */
  public OptionalInt channelTo(TransportAddress peer) {
    return channels.numberOf(peer);
  }

  /**
   * A message that releases the allocation if it can still be sent when this machine no longer can
   * be asked; {@code null} if there is none to release. Good for as long as the server's nonce is.
   */
  public @Nullable Octets farewell() {
    return allocation.farewell();
  }

  /**
   * What is to be said first on a new connection to the server, so that it becomes the one to the
   * peer.
   *
   * @param connection of {@link TurnOutput.Connected} or {@link TurnOutput.Attempted}
   */
  public ConnectionBinding connectionBind(int connection) {
    return new ConnectionBinding(login.present().client(), random, connection);
  }

  void start(long now) {
    allocation.ask(now);
  }

  void renew(TurnAccount account) {
    login.renew(account);
  }

  void check(long now) {
    allocation.check(now);
  }

  void received(StunMessage message, long now) {
    if (message.messageClass() == StunClass.INDICATION) {
      indicated(message);
    } else {
      requests.received(message, now);
    }
  }

  Permissions permissions() {
    return permissions;
  }

  Channels channels() {
    return channels;
  }

  Connects connects() {
    return connects;
  }

  void release() {
    allocation.release();
    end();
  }

  void fail(TurnError error) {
    end();
    outputs.add(new TurnOutput.Failed(error));
  }

  private void indicated(StunMessage message) {
    XorPeerAddress peer = message.first(XorPeerAddress.class);
    Data data = message.first(Data.class);
    ConnectionId connection = message.first(ConnectionId.class);
    if (peer == null) {
      return;
    }
    if (message.method() == StunMethod.DATA && data != null) {
      outputs.add(new TurnOutput.Data(peer.address(), data.octets()));
    } else if (message.method() == StunMethod.CONNECTION_ATTEMPT && connection != null) {
      outputs.add(new TurnOutput.Attempted(peer.address(), connection.id()));
    }
  }

  private void end() {
    over = true;
    requests.clear();
  }

  private final class Fate implements Allocation.Listener {

    @Override
    public void allocated(TurnOutput.Allocated allocated, long now) {
      outputs.add(allocated);
      permissions.renewAll(now);
      channels.renewAll(now);
      connects.begin(now);
    }

    @Override
    public void refreshed() {
      outputs.add(new TurnOutput.Refreshed());
    }

    @Override
    public void lost(TurnError error, long now) {
      requests.clear();
      permissions.suspend();
      channels.suspend();
      outputs.add(new TurnOutput.Lost(error));
      allocation.ask(now);
    }

    @Override
    public void failed(TurnError error) {
      fail(error);
    }
  }

  /** What requests about permissions, channels and connections tell of the allocation. */
  private final class Unknown implements Requests.Outcome {

    @Override
    public void success(StunMessage response, long now) {
      throw new IllegalStateException("only failures are passed on");
    }

    @Override
    public void failure(TurnError error, long now) {
      allocation.lost(error, now);
    }
  }
}
