package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.credential.LongTermClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * As whom the server is asked. The user names that a rendezvous grants have an end, so each request
 * that gets or renews the allocation tries the newest one.
 *
 * <p>By the letter an allocation belongs to one user name for good (RFC 8656 section 5). Servers
 * keep to that in one of two ways: they take a newer name that was made for the same user, as the
 * rendezvous does, or they answer 441 and go on taking the old one after its end, as coturn does.
 * Both ways the allocation outlives the name that it was asked for with.
 */
final class Login {

  /** One name, and what the server wants to see with it. */
  record Name(TurnAccount account, LongTermClient client) {
    boolean is(TurnAccount other) {
      return account.credential().isSameAs(other.credential());
    }
  }

  private Name present;
  private @Nullable Name newest;
  private @Nullable TurnAccount refused;

  /** The server sticks to the name that the allocation was asked for with. */
  private boolean bound;

  private long goodUntil = Machine.NEVER;

  Login(TurnAccount account) {
    present = new Name(account, account.login());
  }

  /** What serves now. */
  Name present() {
    return present;
  }

  /** What is to be tried by requests that may be made again with {@link #present}. */
  Name best() {
    return newest == null || bound ? present : newest;
  }

  void renew(TurnAccount account) {
    if (present.is(account) || refused != null && new Name(refused, present.client).is(account)) {
      newest = null;
    } else if (newest == null || !newest.is(account)) {
      newest = new Name(account, present.client.with(account.credential()));
    }
  }

  /** The server has taken that name. */
  void taken(Name name, long now) {
    Duration lifetime = name.account.lifetime();
    if (name != present || goodUntil == Machine.NEVER && lifetime != null) {
      present = name;
      newest = null;
      goodUntil = lifetime == null ? Machine.NEVER : now + lifetime.toNanos();
    }
  }

  /** Whether the request is to be made again with {@link #present}: it was not, and that failed. */
  boolean goesBack(Name name, TurnError error) {
    boolean aboutTheName =
        error.code() == ErrorCode.UNAUTHENTICATED || error.code() == ErrorCode.WRONG_CREDENTIALS;
    if (name == present || !aboutTheName) {
      return false;
    }
    bound = error.code() == ErrorCode.WRONG_CREDENTIALS;
    refused = name.account;
    newest = null;
    return true;
  }

  /**
   * Whether the request is to be made again with {@link #best}: the name that served ends before
   * its time, say because the server's clock was set, and there is a newer one.
   */
  boolean goesOn(Name name, TurnError error) {
    return name == present && best() != name && error.code() == ErrorCode.UNAUTHENTICATED;
  }

  /** There is no allocation any more that could belong to a name. */
  void lost() {
    bound = false;
    refused = null;
  }

  /** Until when the present name serves for sure. */
  long goodUntil() {
    return bound ? Machine.NEVER : goodUntil;
  }
}
