package io.bradawl.protocol.path.tcp;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.path.PathSession;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Finds one TCP connection between two peers. */
public final class TcpPunch implements Machine<PunchInput, PunchOutput> {

  /** A framed control message is never longer than this; a driver need not buffer more. */
  public static final int MAX_MESSAGE_LENGTH = 548;

  /** Connects in progress and connections not yet decided upon, both directions together. */
  public static final int MAX_CONNECTIONS = 24;

  public TcpPunch(PathSession session, RandomGenerator random) {}

  @Override
  public void handle(PunchInput input, long now) {}

  @Override
  public void tick(long now) {}

  @Override
  public @Nullable PunchOutput poll() {
    return null;
  }

  @Override
  public long nextTimeout() {
    return NEVER;
  }

  /** Whether the outcome is decided; afterwards only stragglers are closed. */
  public boolean isOver() {
    return false;
  }
}
