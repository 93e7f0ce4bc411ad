package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.XorPeerAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The permissions of an allocation (RFC 8656 section 9), which last five minutes. Each has a
 * request of its own: of several in one, a single forbidden address would forbid all.
 */
final class Permissions {

  static final Duration RENEWAL = Duration.ofMinutes(4);

  private final Requests requests;
  private final Consumer<TurnOutput> out;
  private final Requests.Outcome lost;
  private final Map<InetAddress, Permission> permissions = new LinkedHashMap<>();

  /**
   * @param lost told when the server knows of no allocation
   */
  Permissions(Requests requests, Consumer<TurnOutput> out, Requests.Outcome lost) {
    this.requests = requests;
    this.out = out;
    this.lost = lost;
  }

  void permit(InetAddress peer, boolean allocated, long now) {
    Permission known = permissions.get(peer);
    if (known == null) {
      Permission permission = new Permission(peer);
      permissions.put(peer, permission);
      if (allocated) {
        permission.request(now);
      }
    } else if (known.granted) {
      out.accept(new TurnOutput.Permitted(peer));
    }
  }

  void forbid(InetAddress peer) {
    permissions.remove(peer);
  }

  /** There is a new allocation, which knows of none. */
  void renewAll(long now) {
    permissions.values().forEach(permission -> permission.granted = false);
    new ArrayList<>(permissions.values()).forEach(permission -> permission.request(now));
  }

  void suspend() {
    permissions.values().forEach(permission -> permission.due = Machine.NEVER);
  }

  void tick(long now) {
    for (Permission permission : new ArrayList<>(permissions.values())) {
      if (permission.due <= now) {
        permission.request(now);
      }
    }
  }

  long next() {
    return permissions.values().stream()
        .mapToLong(permission -> permission.due)
        .min()
        .orElse(Machine.NEVER);
  }

  private final class Permission implements Requests.Outcome {

    final InetAddress peer;
    boolean granted;
    long due = Machine.NEVER;

    Permission(InetAddress peer) {
      this.peer = peer;
    }

    void request(long now) {
      due = Machine.NEVER;
      requests.ask(
          StunMethod.CREATE_PERMISSION,
          this,
          now,
          new XorPeerAddress(new TransportAddress(peer, 0)));
    }

    @Override
    public void success(StunMessage response, long now) {
      if (permissions.get(peer) == this) {
        due = now + RENEWAL.toNanos();
        if (!granted) {
          granted = true;
          out.accept(new TurnOutput.Permitted(peer));
        }
      }
    }

    @Override
    public void failure(TurnError error, long now) {
      if (permissions.get(peer) != this) {
        return;
      }
      if (error.saysNoAllocation()) {
        lost.failure(error, now);
      } else {
        forbid(peer);
        out.accept(new TurnOutput.Forbidden(peer, error));
      }
    }
  }
}
