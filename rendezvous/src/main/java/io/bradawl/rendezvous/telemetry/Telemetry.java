package io.bradawl.rendezvous.telemetry;

/** All that the parts of a server tell its operator by. */
public record Telemetry(Measures measures, Readiness readiness, AccessLog accessLog) {

  /** One that nobody looks at. */
  public static Telemetry unseen() {
    return new Telemetry(new Measures(), new Readiness(), AccessLog.NONE);
  }

  /** Counts one more. */
  public void count(Measure measure) {
    measures.increment(measure);
  }

  public void record(AccessEvent event) {
    accessLog.record(event);
  }
}
