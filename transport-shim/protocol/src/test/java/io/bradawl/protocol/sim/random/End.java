package io.bradawl.protocol.sim.random;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.path.PathSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One peer of a world: an application with a socket, and just enough of a runtime. */
interface End {

  /** Begins to find out its own addresses; asks again until {@link #hasGathered}. */
  void gather();

  /** Whether all addresses are known that can be. */
  boolean hasGathered();

  /** Whether the rendezvous has answered since {@link #gather}. */
  boolean isRegistered();

  List<Candidate> candidates();

  /** Begins the session that offer and answer have settled. */
  void start(PathSession session);

  /** Whether the latest session has come to a result. */
  boolean isDecided();

  /** Whether there is a path now. */
  boolean isUp();

  /** Of the path in use, else {@code null}. */
  Candidate.@Nullable Kind kind();

  /** When the first path of the latest session came up, monotonic nanoseconds. */
  long upAt();

  /** Why there is no path, if there is none. */
  @Nullable String failure();

  /** The application asks the other one something. */
  void ask();

  /** Whether the path, though it serves, had better be offered anew now. */
  boolean wantsRenewal();

  /** Whether nobody but the application itself notices that the path is dead. */
  boolean givesUpWhenSilent();

  /** How many questions were answered. */
  int answers();

  /** Packets or connects that the machines have asked for in the latest session. */
  int spent();

  /** Octets of the largest message of the machine in the latest session. */
  int largest();

  /**
   * How much came from where the peer has proved to send from, and is not the peer's: sealed
   * datagrams tell that themselves, plain ones do not.
   */
  int strays();

  /** Whether what the other application said first has arrived. */
  boolean hasHeardFirst();

  /** The application is done. */
  void close();

  /** What is left that should not be there after {@link #close}, or {@code null}. */
  @Nullable String remains();
}
