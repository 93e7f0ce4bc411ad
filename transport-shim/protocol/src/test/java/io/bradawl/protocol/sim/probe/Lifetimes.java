package io.bradawl.protocol.sim.probe;

import static io.bradawl.protocol.sim.probe.Ground.OUTSIDE_PORT;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.sim.probe.Vantage.Datagrams;
import java.time.Duration;

/**
 * What keeps a mapping (RFC 4787 section 4.3). Four flows begin together and go different ways for
 * two and a half lifetimes; if the machine was too slow for that, all is done again.
 */
final class Lifetimes {

  private static final int TRIALS = 5;
  private static final int STEPS = 5;
  private static final Duration AFTER_WITNESS = Duration.ofMillis(20);

  private final Ground ground;
  private final Stage stage;
  private final Duration step;
  private final Vantage one;

  Lifetimes(Ground ground) {
    this.ground = ground;
    stage = ground.stage();
    step = stage.udpLifetime().dividedBy(2);
    one = stage.one();
  }

  void ask(Findings findings) {
    for (int trial = 1; !isInTime(findings); trial++) {
      if (trial == TRIALS) {
        throw new IllegalStateException("this machine is too slow to probe lifetimes");
      }
    }
  }

  /** Whether no step came so late that a lifetime may have ended meanwhile. */
  private boolean isInTime(Findings findings) {
    try (Datagrams remote = one.udp(OUTSIDE_PORT);
        Flow witness = new Flow(remote);
        Flow silent = new Flow(remote);
        Flow outbound = new Flow(remote);
        Flow inbound = new Flow(remote);
        Flow stream = new Flow(remote)) {
      long start = stage.now();
      boolean inTime = true;
      boolean inboundStays = true;
      for (int i = 1; i <= STEPS; i++) {
        stage.pass(Duration.ofNanos(start - stage.now()).plus(step.multipliedBy(i)));
        witness.send();
        if (i < STEPS) {
          outbound.send();
          inboundStays &= inbound.isReached(witness);
        }
        if (i <= 2) {
          stream.send();
          stream.isReached(witness);
        }
        if (i == STEPS) {
          findings.add(Trait.SILENCE, silent.isReached(witness) ? "keeps it" : "ends it");
          findings.add(Trait.OUTBOUND, outbound.isReached(witness));
          findings.add(Trait.STREAM, stream.isReached(witness) ? "longer" : "as long");
        }
        inTime &= stage.now() - start < step.multipliedBy(i).plus(step.dividedBy(2)).toNanos();
      }
      findings.add(Trait.INBOUND, inboundStays);
      return inTime;
    }
  }

  /** An own socket with a mapping. */
  private final class Flow implements AutoCloseable {

    private final Datagrams own = stage.inside().udp(ground.port());
    private final Datagrams remote;
    private final TransportAddress mapped;

    Flow(Datagrams remote) {
      this.remote = remote;
      mapped = ground.seen(own, one, remote, OUTSIDE_PORT);
    }

    void send() {
      own.send(Ground.at(one, OUTSIDE_PORT), ground.tag());
    }

    /** Whether the remote's datagram comes in; one to the witness, which does, is sent after it. */
    boolean isReached(Flow witness) {
      int tag = ground.tag();
      int marker = ground.tag();
      remote.send(mapped, tag);
      remote.send(witness.mapped, marker);
      ground.comes(witness.own, marker, marker);
      return ground.hears(own, tag, AFTER_WITNESS) != null;
    }

    @Override
    public void close() {
      own.close();
    }
  }
}
