package io.bradawl.rendezvous.telemetry;

/** Where events go. Never blocks, and may be called by any thread. */
public interface AccessLog {

  /** Keeps nothing. */
  AccessLog NONE = event -> {};

  void record(AccessEvent event);
}
