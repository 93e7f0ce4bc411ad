package io.bradawl.protocol.turn;

/** That a peer's address may reach the client (RFC 8656 section 9). */
final class Permission {

  private long expiry;
  private int channels;

  Permission(long expiry) {
    this.expiry = expiry;
  }

  /** Nanoseconds, as {@code now} of the machine. */
  void extend(long expiry) {
    this.expiry = expiry;
  }

  /** One more channel stands on this permission. */
  void bind() {
    channels++;
  }

  void unbind() {
    channels--;
  }

  /** Whether it can be forgotten: a channel that stands on it would not hear of a new one. */
  boolean isIdle(long now) {
    return channels == 0 && !isValid(now);
  }

  boolean isValid(long now) {
    return expiry - now > 0;
  }
}
