package io.bradawl.it.load.scenario;

import io.bradawl.it.load.client.TurnSession;
import io.bradawl.it.load.crowd.Crowd;
import io.bradawl.it.load.crowd.EchoPeer;
import io.bradawl.it.load.crowd.Load;
import io.bradawl.it.load.datagram.Batch;
import io.bradawl.it.load.measure.Sample;
import io.bradawl.it.load.subject.Subject;
import io.bradawl.protocol.turn.ChannelData;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Allocations with a channel each, whose peer sends everything back: so each datagram is relayed
 * twice.
 *
 * @param title what is counted
 * @param octets of each datagram's payload
 * @param peers allocations
 * @param load of each
 */
record RelayScenario(String title, int octets, int peers, Load load) implements Scenario {

  private static final InetSocketAddress ECHO = new InetSocketAddress(Subject.PEER, 9999);

  /**
   * @param burst datagrams in a row from one client
   * @param bursts under way at once of one client
   */
  RelayScenario(String title, int octets, int peers, int burst, int bursts) {
    this(title, octets, peers, new Load(burst, bursts, TurnSession.CHANNEL, ChannelData.HEADER));
  }

  @Override
  public Sample run(Subject server, Duration time) {
    TurnSession.Desk desk = new TurnSession.Desk(Subject.USER, Subject.PASSWORD);
    try (Crowd crowd = new Crowd(server.address());
        EchoPeer echo = EchoPeer.at(ECHO)) {
      List<TurnSession> sessions =
          IntStream.range(0, peers)
              .mapToObj(peer -> TurnSession.open(desk, crowd.line(peer), ECHO))
              .toList();
      try {
        return crowd.run(server.usage(), time, load, peers, peer -> burst()).twice();
      } finally {
        sessions.forEach(TurnSession::close);
      }
    }
  }

  private ByteBuffer burst() {
    int size = ChannelData.HEADER + octets;
    ByteBuffer burst = Batch.direct(load.burst() * size).order(ByteOrder.BIG_ENDIAN);
    for (int i = 0; i < load.burst(); i++) {
      burst.putInt(i * size, ChannelData.header(TurnSession.CHANNEL, octets));
    }
    return burst;
  }
}
