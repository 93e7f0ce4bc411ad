package io.bradawl.it.load;

import io.bradawl.protocol.stun.StunEncoder;
import io.bradawl.protocol.stun.StunHeader;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Binding requests as short as they can be. */
final class StunScenario implements Scenario {

  private static final int SOCKETS = 32;
  private static final int BURST = 4;
  private static final int BURSTS = 2;
  private static final int SUCCESS = 0x0101;
  private static final int REQUEST = 0x0001;

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
    boolean echo = server.name().equals("echo");
    List<Flow> flows =
        IntStream.range(0, SOCKETS)
            .mapToObj(
                i ->
                    new Flow(
                        UdpSocket.connected(server.address()),
                        requests(),
                        BURST,
                        BURSTS,
                        echo ? REQUEST : SUCCESS))
            .toList();
    try {
      return new Pump(flows).run(server.usage(), time);
    } finally {
      flows.forEach(Flow::close);
    }
  }

  private ByteBuffer requests() {
    ByteBuffer burst = Batch.direct(BURST * StunHeader.LENGTH);
    for (int i = 0; i < BURST; i++) {
      TransactionId transaction = TransactionId.draw(random);
      burst.put(StunEncoder.encode(StunMessage.request(StunMethod.BINDING, transaction)));
    }
    return burst;
  }
}
