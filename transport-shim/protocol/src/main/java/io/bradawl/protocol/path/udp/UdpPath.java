package io.bradawl.protocol.path.udp;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.path.PathSession;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Finds and keeps one UDP path between two peers. */
public final class UdpPath implements Machine<PathInput, PathOutput> {

  /** Remote addresses that are checked, learned ones included. */
  public static final int MAX_REMOTES = 16;

  /** A path that nobody uses for so long is given up. */
  public static final Duration MAX_IDLE = Duration.ofMinutes(5);

  public UdpPath(PathSession session, RandomGenerator random) {}

  @Override
  public void handle(PathInput input, long now) {}

  @Override
  public void tick(long now) {}

  @Override
  public @Nullable PathOutput poll() {
    return null;
  }

  @Override
  public long nextTimeout() {
    return NEVER;
  }

  /** Whether the machine is over: {@link PathOutput.Down} or {@link PathOutput.Failed} was its last word. */
  public boolean isOver() {
    return false;
  }
}
