package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Fingerprint;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.credential.Verdict;
import io.bradawl.protocol.turn.Allocation;
import io.bradawl.protocol.turn.Relay;
import io.bradawl.protocol.turn.TimeLimitedCredentials;
import io.bradawl.protocol.turn.TurnInput;
import io.bradawl.protocol.turn.TurnMachine;
import io.bradawl.protocol.turn.TurnOutput;
import io.bradawl.rendezvous.net.Batch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@link TurnMachine} for the clients of one listener, on one event loop.
 *
 * @param <C> the client, with the equality of its five-tuple
 */
abstract class TurnClients<C> implements TurnOutput.Performer<C> {

  private final RelayServer server;
  private final Batch batch;
  private final TurnMachine<C> machine;
  private final RelaySockets sockets;
  private final DataPath<C> data;
  private final AllocationJournal<C> journal;
  private long timer = Machine.NEVER;

  TurnClients(RelayServer server, Batch batch) {
    this.server = server;
    this.batch = batch;
    this.machine = server.machine();
    this.sockets = new RelaySockets(server, batch, this::arrived);
    this.data = new DataPath<>(this, server.telemetry(), batch);
    this.journal = new AllocationJournal<>(server.telemetry(), this::transport);
  }

  final DataPath<C> data() {
    return data;
  }

  final @Nullable Allocation<C> allocation(C client) {
    return machine.of(client);
  }

  /** Between the client and the server: {@code udp}, {@code tcp} or {@code tls}. */
  abstract String transport(C client);

  /** Writes a message to a client; becomes the owner of the buffer. */
  abstract void write(C client, ByteBuf message);

  /** Writes a payload to a client over a channel; becomes the owner of the buffer. */
  abstract void write(C client, int channel, ByteBuf payload);

  /** Whether an answer may go to somebody who has not shown who it is. */
  abstract boolean mayAnswerUnproven(TransportAddress source);

  /** A peer has connected to a relay. */
  abstract void arrived(TcpRelay relay, Channel channel);

  /** Takes a request of one of TURN's methods. */
  final void request(C client, Transport over, TransportAddress source, StunMessage message) {
    long seconds = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    Verdict verdict = server.settings().access().verifier().verify(message, source, seconds);
    if (verdict instanceof Verdict.Granted granted) {
      String user = TimeLimitedCredentials.label(granted.username());
      take(new TurnInput.Request<>(client, over, source, user, granted.integrity(), message));
    } else if (verdict instanceof Verdict.Refused refused && mayAnswerUnproven(source)) {
      journal.unproven(message, refused.response());
      boolean fingerprint = message.has(Fingerprint.class);
      write(client, wrapped(StunEncoder.encode(refused.response(), null, fingerprint)));
    }
  }

  /** No more allocations are begun by a server that is about to stop. */
  private void take(TurnInput.Request<C> request) {
    boolean begins =
        request.message().method() == StunMethod.ALLOCATE && allocation(request.client()) == null;
    if (begins && server.telemetry().readiness().isDraining()) {
      ErrorCode stopping = new ErrorCode(ErrorCode.INSUFFICIENT_CAPACITY, "about to stop");
      respond(new TurnOutput.Respond<>(request, request.message().error(stopping)));
    } else {
      tell(request);
    }
  }

  /** The connection of a client has ended. */
  final void left(C client) {
    tell(new TurnInput.Left<>(client));
  }

  final void tell(TurnInput<C> input) {
    machine.handle(input, System.nanoTime());
    drain();
  }

  private void drain() {
    for (TurnOutput<C> output = machine.poll(); output != null; output = machine.poll()) {
      output.perform(this);
    }
    arm();
  }

  /** An earlier timer that is not needed any more only ticks in vain. */
  private void arm() {
    long next = machine.nextTimeout();
    if (next != Machine.NEVER && (timer == Machine.NEVER || next - timer < 0)) {
      timer = next;
      long wait = Math.max(0, next - System.nanoTime());
      batch.loop().schedule(() -> tick(next), wait, TimeUnit.NANOSECONDS);
    }
  }

  private void tick(long scheduled) {
    if (timer == scheduled) {
      timer = Machine.NEVER;
    }
    machine.tick(System.nanoTime());
    drain();
  }

  @Override
  public void respond(TurnOutput.Respond<C> response) {
    TurnInput.Request<C> request = response.request();
    journal.refused(request, response.message());
    boolean fingerprint = request.message().has(Fingerprint.class);
    write(
        request.client(),
        wrapped(StunEncoder.encodeProven(response.message(), request.integrity(), fingerprint)));
  }

  @Override
  public void open(TurnOutput.Open<C> open) {
    RelayOpener.open(sockets, open.wish(), this::opened);
  }

  /** Sockets are there, or not; the allocation that they belong to is made by this. */
  private void opened(TurnInput<C> outcome) {
    machine.handle(outcome, System.nanoTime());
    if (outcome instanceof TurnInput.Opened<C> opened) {
      Allocation<C> allocation = machine.of(opened.wish().request().client());
      if (allocation != null) {
        serve(allocation);
      }
    }
    drain();
  }

  private void serve(Allocation<C> allocation) {
    journal.made(allocation);
    long now = System.nanoTime();
    Bandwidth bandwidth = server.bandwidth();
    Usage usage = new Usage(bandwidth.all(), bandwidth.enter(allocation.user(), now), now);
    for (Relay relay : allocation.relays()) {
      serve(allocation, (ServerRelay) relay, usage);
    }
  }

  /** From now on that relay is the allocation's. */
  void serve(Allocation<C> allocation, ServerRelay relay, Usage usage) {
    ((UdpRelay) relay).serve(data, allocation, usage);
  }

  @Override
  public void close(TurnOutput.Close<C> close) {
    ((ServerRelay) close.relay()).close();
  }

  @Override
  public void ended(TurnOutput.Ended<C> ended) {
    Allocation<C> allocation = ended.allocation();
    server.bandwidth().leave(allocation.user());
    Usage usage = ((ServerRelay) allocation.relays().get(0)).usage();
    journal.ended(allocation, usage, ended.reason());
  }

  @Override
  public void indicate(TurnOutput.Indicate<C> indication) {
    write(indication.client(), wrapped(StunEncoder.encode(indication.message())));
  }

  private static ByteBuf wrapped(ByteBuffer message) {
    return Unpooled.wrappedBuffer(message);
  }
}
