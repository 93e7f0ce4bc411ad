package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.Lifetime;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.XorMappedAddress;
import io.bradawl.protocol.stun.XorRelayedAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gets the allocation and renews it before it expires (RFC 8656 sections 7 and 8). */
final class Allocation {

  /** Who is told what becomes of it. */
  interface Listener {
    void allocated(TurnOutput.Allocated allocated, long now);

    /** The server still has it. */
    void refreshed();

    /** The server has none any more. */
    void lost(TurnError error, long now);

    /** There is none, and asking again will not help. */
    void failed(TurnError error);
  }

  /** How long before the end of its lifetime it is renewed, if it has that long. */
  static final Duration MARGIN = Duration.ofMinutes(1);

  /** While a user name is about to end and there is no newer one. */
  private static final Duration MIN_PAUSE = Duration.ofSeconds(5);

  private static final Lifetime NONE = new Lifetime(0);

  private AllocationRequest wanted;
  private final Requests requests;
  private final Login login;
  private final Listener listener;
  private boolean present;

  /** Whether the server may have made an allocation of which it has not told yet. */
  private boolean asked;

  private boolean cleared;
  private long due = Machine.NEVER;

  Allocation(AllocationRequest wanted, Requests requests, Login login, Listener listener) {
    this.wanted = wanted;
    this.requests = requests;
    this.login = login;
    this.listener = listener;
  }

  boolean isPresent() {
    return present;
  }

  void ask(long now) {
    asked = true;
    requests.askAnew(StunMethod.ALLOCATE, new Allocating(), now, wanted.attributes());
  }

  void release() {
    if (present || asked) {
      requests.tell(requests.prepare(StunMethod.REFRESH, NONE));
    }
    present = false;
    asked = false;
  }

  @Nullable Octets farewell() {
    return present ? requests.prepare(StunMethod.REFRESH, NONE).message() : null;
  }

  void tick(long now) {
    if (due <= now) {
      refresh(now);
    }
  }

  /** Asks before it is time, unless an answer is waited for already. */
  void check(long now) {
    if (present && due != Machine.NEVER) {
      refresh(now);
    }
  }

  private void refresh(long now) {
    due = Machine.NEVER;
    requests.askAnew(StunMethod.REFRESH, new Refreshing(), now);
  }

  long next() {
    return due;
  }

  /** Takes note that the server has said, to whatever request, that it knows of no allocation. */
  void lost(TurnError error, long now) {
    if (present) {
      present = false;
      due = Machine.NEVER;
      login.lost();
      listener.lost(error, now);
    }
  }

  private void schedule(Lifetime lifetime, long now) {
    long granted = lifetime.duration().toNanos();
    long wait = Math.max(granted / 2, granted - MARGIN.toNanos());
    long until = login.goodUntil();
    if (until != Machine.NEVER && until > now) {
      wait = Math.min(wait, Math.max(MIN_PAUSE.toNanos(), (until - now) / 3));
    }
    due = now + wait;
  }

  private final class Allocating implements Requests.Outcome {

    @Override
    public void success(StunMessage response, long now) {
      asked = false;
      Lifetime lifetime = response.first(Lifetime.class);
      XorMappedAddress mapped = response.first(XorMappedAddress.class);
      List<TransportAddress> relayed = relayed(response);
      if (lifetime == null || mapped == null || relayed.isEmpty() || lifetime.seconds() == 0) {
        String text = "a response to Allocate without address or LIFETIME";
        listener.failed(new TurnError(TurnError.BAD_ANSWER, text));
        return;
      }
      present = true;
      cleared = false;
      schedule(lifetime, now);
      listener.allocated(
          new TurnOutput.Allocated(mapped.address(), relayed, lifetime.duration()), now);
    }

    @Override
    public void failure(TurnError error, long now) {
      asked = false;
      if (error.code() == ErrorCode.ALLOCATION_MISMATCH && !cleared) {
        cleared = true;
        requests.ask(StunMethod.REFRESH, new Clearing(), now, NONE);
      } else if (error.code() == ErrorCode.ADDRESS_FAMILY_NOT_SUPPORTED && wanted.isDefault()) {
        wanted = wanted.ofIpv6();
        ask(now);
      } else {
        listener.failed(error);
      }
    }

    private static List<TransportAddress> relayed(StunMessage response) {
      return response.attributes().stream()
          .filter(XorRelayedAddress.class::isInstance)
          .map(attribute -> ((XorRelayedAddress) attribute).address())
          .toList();
    }
  }

  /**
   * Removes what an earlier process, or a lost answer, has left at the server for the same port. An
   * application's socket cannot move to another one, as RFC 8656 section 7.4 would have it.
   */
  private final class Clearing implements Requests.Outcome {

    @Override
    public void success(StunMessage response, long now) {
      ask(now);
    }

    @Override
    public void failure(TurnError error, long now) {
      if (error.saysNoAllocation()) {
        ask(now);
      } else {
        listener.failed(error);
      }
    }
  }

  private final class Refreshing implements Requests.Outcome {

    @Override
    public void success(StunMessage response, long now) {
      Lifetime lifetime = response.first(Lifetime.class);
      if (lifetime == null || lifetime.seconds() == 0) {
        lost(new TurnError(TurnError.BAD_ANSWER, "the server renews the allocation no more"), now);
      } else {
        schedule(lifetime, now);
        listener.refreshed();
      }
    }

    @Override
    public void failure(TurnError error, long now) {
      if (error.code() == TurnError.NO_ANSWER) {
        listener.failed(error);
      } else {
        lost(error, now);
      }
    }
  }
}
