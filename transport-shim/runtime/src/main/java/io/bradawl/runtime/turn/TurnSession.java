package io.bradawl.runtime.turn;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.turn.client.AllocationRequest;
import io.bradawl.protocol.turn.client.ConnectionBinding;
import io.bradawl.protocol.turn.client.TurnAccount;
import io.bradawl.protocol.turn.client.TurnClient;
import io.bradawl.protocol.turn.client.TurnInput;
import io.bradawl.protocol.turn.client.TurnOutput;
import io.bradawl.runtime.loop.DriverLoop;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one {@link TurnClient} over whatever carries its messages. On the driver loop only. */
public final class TurnSession {

  private static final Logger log = LoggerFactory.getLogger("bradawl.relay");

  private final DriverLoop loop;
  private final TurnServer server;
  private final TurnClient client;
  private final Supplier<TurnAccount> newest;
  private final Consumer<TurnOutput> listener;
  private DriverLoop.@Nullable Timer timer;
  private boolean draining;
  private int renewals;

  /**
   * A session that does nothing before {@link TurnInput.Start}.
   *
   * @param server with whose account it begins
   * @param servers tell which one to go on with
   * @param listener gets every output, {@link TurnOutput.Send} included; may call {@link #tell}
   */
  public TurnSession(
      DriverLoop loop,
      RandomGenerator random,
      AllocationRequest wanted,
      TurnServer server,
      TurnServers servers,
      Consumer<TurnOutput> listener) {
    this.loop = loop;
    this.client = new TurnClient(wanted, server.account(), random);
    this.server = server;
    this.newest = () -> servers.accountFor(server);
    this.listener = listener;
  }

  public void tell(TurnInput input) {
    renew();
    client.handle(input, loop.now());
    drain();
  }

  /** As {@link TurnClient#connectionBind}. */
  public ConnectionBinding connectionBind(int connection) {
    return client.connectionBind(connection);
  }

  /** As {@link TurnClient#channelTo}: also while a listener is being told something. */
  public OptionalInt channelTo(TransportAddress peer) {
    return client.channelTo(peer);
  }

  /** As {@link TurnClient#farewell}. */
  public @Nullable Octets farewell() {
    return client.farewell();
  }

  private void tick() {
    timer = null;
    renew();
    client.tick(loop.now());
    drain();
  }

  private void renew() {
    client.handle(new TurnInput.Renew(newest.get()), loop.now());
  }

  /**
   * The drain rule of {@link Machine}; what a listener tells meanwhile is drained with the rest.
   */
  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      for (TurnOutput output = client.poll(); output != null; output = client.poll()) {
        if (output instanceof TurnOutput.Refreshed) {
          log.debug("allocation at {} renewed, {} so far", server, ++renewals);
        }
        listener.accept(output);
      }
    } finally {
      draining = false;
    }
    arm();
  }

  private void arm() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    long next = client.nextTimeout();
    if (next != Machine.NEVER) {
      timer = loop.at(next, this::tick);
    }
  }
}
