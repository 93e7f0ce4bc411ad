package io.bradawl.runtime.session;

import io.bradawl.protocol.access.AccessPolicy;
import io.bradawl.protocol.access.Applicant;
import io.bradawl.protocol.address.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets peers in or not, and tells this side's log how those that were refused could be let in. Only
 * to be used on the driver loop.
 */
final class Doorkeeper {

  private static final Logger log = LoggerFactory.getLogger("bradawl.session");

  private final AccessPolicy policy;
  private final RefusalQuota quota = new RefusalQuota();

  Doorkeeper(AccessPolicy policy) {
    this.policy = policy;
  }

  /**
   * Whether the peer may open a path to the service.
   *
   * @param now monotonic nanoseconds
   */
  boolean admits(Applicant peer, Service service, long now) {
    if (policy.admits(peer)) {
      return true;
    }
    if (quota.permits(peer.id(), now)) {
      log.warn(
          "{} was refused at {}; to let it in, set bradawl.allow={}",
          peer,
          service,
          policy.with(peer.listed()));
    }
    return false;
  }
}
