package io.bradawl.it.load;

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
 * @param burst datagrams in a row from one client
 * @param bursts under way at once of one client
 */
record RelayScenario(String title, int octets, int peers, int burst, int bursts)
    implements Scenario {

  private static final InetSocketAddress ECHO = new InetSocketAddress(Subject.PEER, 9999);

  @Override
  public Sample run(Subject server, Duration time) {
    TurnSession.Desk desk = new TurnSession.Desk(Subject.USER, Subject.PASSWORD);
    List<TurnSession> sessions =
        IntStream.range(0, peers)
            .mapToObj(i -> TurnSession.open(desk, server.address(), ECHO))
            .toList();
    try (EchoPeer echo = EchoPeer.at(ECHO)) {
      List<Flow> flows = sessions.stream().map(TurnSession::socket).map(this::flow).toList();
      return new Pump(flows).run(server.usage(), time).twice();
    } finally {
      sessions.forEach(TurnSession::close);
    }
  }

  private Flow flow(UdpSocket socket) {
    ByteBuffer data =
        Batch.direct(burst * (ChannelData.HEADER + octets)).order(ByteOrder.BIG_ENDIAN);
    for (int i = 0; i < burst; i++) {
      data.putInt(ChannelData.header(TurnSession.CHANNEL, octets)).put(new byte[octets]);
    }
    return new Flow(socket, data, burst, bursts, TurnSession.CHANNEL);
  }
}
