package io.bradawl.protocol.peer;

/**
 * One live process that holds a peer id; several may hold the same one (rolling restart, replicas).
 *
 * @param instance drawn at random when the process starts
 */
public record PeerInstance(PeerId id, long instance) {

  @Override
  public String toString() {
    return id + "#" + Long.toHexString(instance);
  }
}
