package io.bradawl.protocol.turn;

/**
 * A user name and its password, good for a while. Does not show the password.
 *
 * @param username {@code <seconds since 1970>:<label>}
 */
public record TimeLimitedCredential(String username, String password) {

  @Override
  public String toString() {
    return "TimeLimitedCredential[" + username + "]";
  }
}
