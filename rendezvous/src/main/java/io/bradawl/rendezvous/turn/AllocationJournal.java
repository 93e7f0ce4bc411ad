package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.turn.Allocation;
import io.bradawl.protocol.turn.TurnInput;
import io.bradawl.rendezvous.telemetry.AccessEvent;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.util.function.Function;

/** Counts allocations and tells the access log of them. */
final class AllocationJournal<C> {

  private final Telemetry telemetry;
  private final Function<C, String> transport;

  /**
   * @param transport between a client and the server
   */
  AllocationJournal(Telemetry telemetry, Function<C, String> transport) {
    this.telemetry = telemetry;
    this.transport = transport;
  }

  /** Somebody was asked who it is, or is not who it says. */
  void unproven(StunMessage request, StunMessage response) {
    ErrorCode error = response.first(ErrorCode.class);
    boolean asked = error != null && error.code() == ErrorCode.UNAUTHENTICATED;
    if (request.method() == StunMethod.ALLOCATE && asked) {
      telemetry.count(Measure.ALLOCATION_UNAUTHORIZED);
    }
  }

  void refused(TurnInput.Request<C> request, StunMessage response) {
    ErrorCode error = response.first(ErrorCode.class);
    if (error == null
        || response.messageClass() != StunClass.ERROR
        || request.message().method() != StunMethod.ALLOCATE) {
      return;
    }
    boolean draining = telemetry.readiness().isDraining();
    telemetry.count(draining ? Measure.ALLOCATION_DRAINING : measure(error.code()));
    telemetry.record(
        new AccessEvent.Allocation(
            request.user(),
            request.source(),
            transport.apply(request.client()),
            null,
            error.toString()));
  }

  void made(Allocation<C> allocation) {
    boolean udp = allocation.transport() == Transport.UDP;
    telemetry.count(udp ? Measure.ALLOCATIONS_MADE_UDP : Measure.ALLOCATIONS_MADE_TCP);
    telemetry.count(udp ? Measure.ALLOCATIONS_UDP : Measure.ALLOCATIONS_TCP);
    telemetry.record(
        new AccessEvent.Allocation(
            allocation.user(),
            allocation.source(),
            transport.apply(allocation.client()),
            allocation.relays().get(0).address(),
            null));
  }

  void ended(Allocation<?> allocation, Usage usage, String reason) {
    boolean udp = allocation.transport() == Transport.UDP;
    telemetry.measures().add(udp ? Measure.ALLOCATIONS_UDP : Measure.ALLOCATIONS_TCP, -1);
    telemetry.record(
        new AccessEvent.AllocationEnded(
            allocation.user(),
            allocation.source(),
            allocation.relays().get(0).address(),
            usage.lived(System.nanoTime()),
            usage.toPeers(),
            usage.toClient(),
            reason));
  }

  private static Measure measure(int code) {
    return switch (code) {
      case ErrorCode.ALLOCATION_QUOTA_REACHED -> Measure.ALLOCATION_QUOTA;
      case ErrorCode.INSUFFICIENT_CAPACITY -> Measure.ALLOCATION_CAPACITY;
      default -> Measure.ALLOCATION_BAD_REQUEST;
    };
  }
}
