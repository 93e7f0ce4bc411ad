package io.bradawl.rendezvous.signal;

import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.signal.PathCounts;
import io.bradawl.rendezvous.directory.Registration;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Who is registered here at one moment.
 *
 * @param newest first; no more than was asked for
 */
public record Census(List<Entry> newest) {

  /**
   * One process.
   *
   * @param connected for how long
   * @param paths as the peer has reported them
   */
  public record Entry(
      PeerId id,
      @Nullable PeerName name,
      List<String> services,
      Duration connected,
      PathCounts paths) {}

  public Census {
    newest = List.copyOf(newest);
  }

  /** Takes one pass, however many there are. */
  static Census of(Collection<Registration<PeerConnection>> peers, int most) {
    Comparator<Registration<PeerConnection>> byAge = Comparator.comparingLong(Registration::order);
    PriorityQueue<Registration<PeerConnection>> newest = new PriorityQueue<>(byAge);
    for (Registration<PeerConnection> peer : peers) {
      newest.add(peer);
      if (newest.size() > most) {
        newest.remove();
      }
    }
    return new Census(newest.stream().sorted(byAge.reversed()).map(Census::entry).toList());
  }

  private static Entry entry(Registration<PeerConnection> peer) {
    PeerConnection connection = peer.connection();
    return new Entry(
        peer.self().id(), peer.name(), peer.serviceList(), connection.age(), connection.paths());
  }
}
