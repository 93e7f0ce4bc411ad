package io.bradawl.protocol.access;

import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Who may open paths to this peer. Whoever no entry fits is not let in.
 *
 * @param everyone whoever can reach the rendezvous
 * @param realm the members of our realm
 * @param peers names and ids, in the order given
 */
public record AccessPolicy(boolean everyone, boolean realm, Set<PeerRef> peers) {

  /** Lets nobody in. */
  public static final AccessPolicy NOBODY = new AccessPolicy(false, false, Set.of());

  /** Lets in the members of our realm. */
  public static final AccessPolicy REALM = new AccessPolicy(false, true, Set.of());

  /** Lets everyone in. */
  public static final AccessPolicy EVERYONE = new AccessPolicy(true, false, Set.of());

  private static final String EVERYONE_TEXT = "*";
  private static final String REALM_TEXT = "realm";
  private static final String NOBODY_TEXT = "none";

  public AccessPolicy {
    peers = Collections.unmodifiableSet(new LinkedHashSet<>(peers));
  }

  /**
   * Reads names, peer ids, {@code realm} and {@code *}, separated by commas; or {@code none}.
   *
   * @throws IllegalArgumentException if the text is not of that form; the message says what is
   *     wrong
   */
  public static AccessPolicy parse(String text) {
    if (text.strip().equalsIgnoreCase(NOBODY_TEXT)) {
      return NOBODY;
    }
    boolean everyone = false;
    boolean realm = false;
    Set<PeerRef> peers = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      String entry = part.strip().toLowerCase(Locale.ROOT);
      switch (entry) {
        case EVERYONE_TEXT -> everyone = true;
        case REALM_TEXT -> realm = true;
        case NOBODY_TEXT ->
            throw new IllegalArgumentException("\"none\" cannot stand beside other entries");
        default -> peers.add(PeerRef.parse(entry));
      }
    }
    return new AccessPolicy(everyone, realm, peers);
  }

  /** Whether the peer may open paths. */
  public boolean admits(Applicant peer) {
    return everyone || realm && peer.member() || peers.contains(peer.id()) || admitsName(peer);
  }

  private boolean admitsName(Applicant peer) {
    for (PeerName name : peer.names()) {
      if (peers.contains(name)) {
        return true;
      }
    }
    return false;
  }

  /** The same with one more entry. */
  public AccessPolicy with(PeerRef peer) {
    Set<PeerRef> more = new LinkedHashSet<>(peers);
    more.add(peer);
    return new AccessPolicy(everyone, realm, more);
  }

  /** Whether nobody can be let in. */
  public boolean isClosed() {
    return !everyone && !realm && peers.isEmpty();
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(",").setEmptyValue(NOBODY_TEXT);
    if (everyone) {
      text.add(EVERYONE_TEXT);
    }
    if (realm) {
      text.add(REALM_TEXT);
    }
    for (PeerRef peer : peers) {
      text.add(peer.label());
    }
    return text.toString();
  }
}
