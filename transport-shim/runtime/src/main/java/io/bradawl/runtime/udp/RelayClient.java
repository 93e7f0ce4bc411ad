package io.bradawl.runtime.udp;

import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.turn.client.TurnError;
import io.bradawl.runtime.turn.TurnServer;
import java.nio.ByteBuffer;
import java.util.List;

/** One socket's allocation at one TURN server, or the attempt to get one. On the driver loop. */
interface RelayClient {

  /** What becomes of it. */
  interface Listener {
    /** There is an allocation; comes again with other addresses if the server has lost it. */
    void allocated(RelayClient client, List<TransportAddress> relayed);

    /** There is none, and will be none. */
    void failed(RelayClient client, TurnError error);

    /** Of a peer; only valid during the call. */
    void arrived(TransportAddress from, ByteBuffer datagram);
  }

  TurnServer server();

  /** Sends a control message to a peer, for which it makes a channel if there is none. */
  void send(TransportAddress to, ByteBuffer control);

  /** How datagrams go to a peer; the channel is made if there is none. */
  Way way(TransportAddress to, DatagramSecurity security);

  /** Asks the server whether it still knows the allocation; if not, it is asked for another one. */
  void check();

  /** Gives the allocation back. */
  void release();
}
