package io.bradawl.runtime.relay;

/** An allocation and who needs it. On the driver loop. */
final class Lease {

  private final TcpAllocation allocation;
  private boolean taken;
  private int users;

  Lease(TcpAllocation allocation) {
    this.allocation = allocation;
  }

  TcpAllocation allocation() {
    return allocation;
  }

  /** One connect has it for itself, as long as anybody needs it. */
  void take() {
    taken = true;
  }

  boolean isTaken() {
    return taken;
  }

  void enter() {
    users++;
  }

  void leave() {
    users--;
    taken &= users > 0;
  }

  boolean isUnused() {
    return users == 0;
  }
}
