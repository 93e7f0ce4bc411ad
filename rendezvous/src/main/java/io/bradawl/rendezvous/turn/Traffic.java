package io.bradawl.rendezvous.turn;

import io.bradawl.rendezvous.net.Batch;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Measures;

/** Counts relayed datagrams, and tells the measures once a round instead of once a datagram. */
final class Traffic implements Batch.Member {

  private final Measures measures;
  private final Batch batch;
  private long packetsToPeer;
  private long bytesToPeer;
  private long packetsToClient;
  private long bytesToClient;
  private boolean pending;

  Traffic(Measures measures, Batch batch) {
    this.measures = measures;
    this.batch = batch;
  }

  void toPeer(int octets) {
    packetsToPeer++;
    bytesToPeer += octets;
    join();
  }

  void toClient(int octets) {
    packetsToClient++;
    bytesToClient += octets;
    join();
  }

  @Override
  public void finish() {
    pending = false;
    measures.add(Measure.RELAYED_PACKETS_TO_PEER, packetsToPeer);
    measures.add(Measure.RELAYED_UDP_BYTES_TO_PEER, bytesToPeer);
    measures.add(Measure.RELAYED_PACKETS_TO_CLIENT, packetsToClient);
    measures.add(Measure.RELAYED_UDP_BYTES_TO_CLIENT, bytesToClient);
    packetsToPeer = 0;
    bytesToPeer = 0;
    packetsToClient = 0;
    bytesToClient = 0;
  }

  private void join() {
    if (!pending) {
      pending = true;
      batch.add(this);
    }
  }
}
