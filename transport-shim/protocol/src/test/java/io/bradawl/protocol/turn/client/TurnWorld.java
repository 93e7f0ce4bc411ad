package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunDecoder;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.turn.RelayGrant;
import io.bradawl.protocol.wire.WireFormatException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A client and a server that answers at once, in simulated time. */
final class TurnWorld {

  static final String USER = "1700000000:peer";
  static final String PASSWORD = "secret";

  static final AllocationRequest UDP =
      new AllocationRequest(Transport.UDP, AllocationRequest.Families.DEFAULT, false);

  /** As of a registered peer, whose rendezvous has told what the server would ask for. */
  static final TurnAccount KNOWN = TurnAccount.of(grant());

  static final TransportAddress PEER = address("80.2.0.2", 5683);

  final ToyTurnServer server = new ToyTurnServer();
  final TurnClient client;

  /** What the client has asked for on the wire, oldest first. */
  final List<StunMessage> sent = new ArrayList<>();

  /** When, on the scale of {@link #now}. */
  final List<Long> sentAt = new ArrayList<>();

  /** Outputs other than messages. */
  final List<TurnOutput> told = new ArrayList<>();

  long now = Duration.ofHours(1).toNanos();

  TurnWorld(AllocationRequest wanted, TurnAccount account) {
    client = new TurnClient(wanted, account, new Random(1));
  }

  /** One whose client has what it wants. */
  static TurnWorld allocated() {
    TurnWorld world = new TurnWorld(UDP, KNOWN);
    world.tell(new TurnInput.Start());
    return world;
  }

  /** As a rendezvous would hand it out. */
  static RelayGrant grant() {
    return new RelayGrant(
        Duration.ofDays(2), USER, PASSWORD, ToyTurnServer.REALM, "first", List.of());
  }

  static TransportAddress address(String ip, int port) {
    return new TransportAddress(ip(ip), port);
  }

  static InetAddress ip(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  void tell(TurnInput input) {
    client.handle(input, now);
    drain();
  }

  /** Lets time pass. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    for (long next = client.nextTimeout(); next <= end; next = client.nextTimeout()) {
      now = Math.max(now, next);
      client.tick(now);
      drain();
    }
    now = end;
    client.tick(now);
    drain();
  }

  /** The messages of one method, oldest first. */
  List<StunMessage> sent(int method) {
    return sent.stream().filter(message -> message.method() == method).toList();
  }

  <T extends TurnOutput> List<T> told(Class<T> kind) {
    return told.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private void drain() {
    for (TurnOutput output = client.poll(); output != null; output = client.poll()) {
      if (output instanceof TurnOutput.Send send) {
        deliver(send);
      } else {
        told.add(output);
      }
    }
  }

  private void deliver(TurnOutput.Send send) {
    StunMessage message = decode(send.message().asByteBuffer());
    if (!message.transaction().equals(send.transaction())) {
      throw new AssertionError("the output names another transaction than the message");
    }
    sent.add(message);
    sentAt.add(now);
    server
        .answer(message)
        .ifPresent(answer -> client.handle(new TurnInput.Received(decode(answer)), now));
  }

  static StunMessage decode(java.nio.ByteBuffer message) {
    try {
      return StunDecoder.decode(message);
    } catch (WireFormatException e) {
      throw new AssertionError(e);
    }
  }

  boolean waitsForever() {
    return client.nextTimeout() == Machine.NEVER;
  }
}
