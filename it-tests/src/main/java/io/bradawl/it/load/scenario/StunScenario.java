package io.bradawl.it.load.scenario;

import io.bradawl.it.load.crowd.Crowd;
import io.bradawl.it.load.crowd.Load;
import io.bradawl.it.load.datagram.Batch;
import io.bradawl.it.load.measure.Sample;
import io.bradawl.it.load.subject.Subject;
import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Binding requests as short as they can be. */
final class StunScenario implements Scenario {

  private static final int PEERS = 32;
  private static final int BURST = 4;
  private static final int BURSTS = 2;
  private static final int SUCCESS = 0x0101;
  private static final int REQUEST = 0x0001;

  /** Where the transaction begins. */
  private static final int LABEL = 8;

  private final RandomGenerator random = new SplittableRandom(7);

  @Override
  public String title() {
    return "STUN replies";
  }

  @Override
  public int octets() {
    return 0;
  }

  @Override
  public Sample run(Subject server, Duration time) {
    int expected = server.name().equals("echo") ? REQUEST : SUCCESS;
    Load load = new Load(BURST, BURSTS, expected, LABEL);
    try (Crowd crowd = new Crowd(server.address())) {
      return crowd.run(server.usage(), time, load, PEERS, peer -> requests());
    }
  }

  private ByteBuffer requests() {
    ByteBuffer burst = Batch.direct(BURST * StunHeader.LENGTH).order(ByteOrder.BIG_ENDIAN);
    for (int i = 0; i < BURST; i++) {
      TransactionId transaction = TransactionId.draw(random);
      burst.put(StunEncoder.encode(StunMessage.request(StunMethod.BINDING, transaction)));
    }
    return burst;
  }
}
