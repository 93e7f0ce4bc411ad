package io.bradawl.protocol.stun;

import io.bradawl.protocol.wire.WireFormatException;
import io.bradawl.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * PASSWORD-ALGORITHMS, RFC 8489 section 14.11: what the server knows, best first.
 *
 * @param algorithms at least one
 */
public record PasswordAlgorithms(List<PasswordAlgorithm> algorithms) implements StunAttribute {

  public PasswordAlgorithms {
    algorithms = List.copyOf(algorithms);
  }

  static PasswordAlgorithms read(WireReader value) throws WireFormatException {
    List<PasswordAlgorithm> algorithms = new ArrayList<>();
    do {
      algorithms.add(PasswordAlgorithm.readOne("PASSWORD-ALGORITHMS", value));
    } while (value.remaining() > 0);
    return new PasswordAlgorithms(algorithms);
  }

  @Override
  public int type() {
    return AttributeType.PASSWORD_ALGORITHMS;
  }

  @Override
  public int valueLength() {
    return algorithms.stream().mapToInt(PasswordAlgorithm::valueLength).sum();
  }

  @Override
  public void writeValue(ByteBuffer target, TransactionId transaction) {
    algorithms.forEach(algorithm -> algorithm.writeValue(target, transaction));
  }
}
