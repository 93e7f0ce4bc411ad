package io.bradawl.it.load.client;

import io.bradawl.it.load.subject.Subject;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ConnectionId;
import io.bradawl.protocol.stun.ErrorCode;
import io.bradawl.protocol.stun.RequestedTransport;
import io.bradawl.protocol.stun.StunAttribute;
import io.bradawl.protocol.stun.StunClass;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.TransactionId;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.protocol.stun.credential.LongTermClient;
import io.bradawl.protocol.stun.credential.LongTermCredential;
import io.bradawl.protocol.stun.credential.PreparedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Random;

/**
 * A TCP connection to a peer through the relay, RFC 6062: an allocation, and its data connection.
 */
public final class RelayedStream implements AutoCloseable {

  private static final int ATTEMPTS = 3;

  private final LongTermClient account =
      new LongTermClient(new LongTermCredential(Subject.USER, Subject.PASSWORD), null);
  private final Random random = new Random(1);
  private final StunSocket control;
  private final StunSocket data;

  /** Connects to {@code peer}, which has to be listening. */
  public RelayedStream(InetSocketAddress server, InetSocketAddress peer) throws IOException {
    var address = new XorPeerAddress(new TransportAddress(peer.getAddress(), peer.getPort()));
    control = new StunSocket(server, null);
    ask(control, StunMethod.ALLOCATE, RequestedTransport.TCP);
    ask(control, StunMethod.CREATE_PERMISSION, address);
    StunMessage connected = ask(control, StunMethod.CONNECT, address);
    ConnectionId id = connected.first(ConnectionId.class);
    if (id == null) {
      throw new IOException("the answer to CONNECT names no connection");
    }
    data = new StunSocket(server, null);
    ask(data, StunMethod.CONNECTION_BIND, id);
  }

  /** What is written to it goes to the peer. */
  public OutputStream output() throws IOException {
    return data.socket().getOutputStream();
  }

  private StunMessage ask(StunSocket socket, int method, StunAttribute... attributes)
      throws IOException {
    StunMessage answer = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      PreparedRequest request =
          account.prepare(StunMessage.request(method, TransactionId.draw(random), attributes));
      socket.write(request.encode(false));
      answer = socket.read();
      if (account.judge(request, answer) == LongTermClient.Answer.GENUINE) {
        break;
      }
    }
    if (answer == null || answer.messageClass() != StunClass.SUCCESS) {
      throw new IOException(
          "TURN method "
              + method
              + " refused: "
              + (answer == null ? null : answer.first(ErrorCode.class)));
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    data.close();
    control.close();
  }
}
