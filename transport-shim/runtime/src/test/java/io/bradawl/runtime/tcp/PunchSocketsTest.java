package io.bradawl.runtime.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PunchSocketsTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** As the JDK words errno on Linux. */
  @Test
  void knowsWhyAConnectFailed() {
    Map<IOException, Cause> causes =
        Map.of(
            new ConnectException("Connection refused"), Cause.REFUSED,
            new SocketException("Connection reset by peer"), Cause.REFUSED,
            new NoRouteToHostException("No route to host"), Cause.UNREACHABLE,
            new SocketException("Network is unreachable"), Cause.UNREACHABLE,
            new BindException("Permission denied"), Cause.UNREACHABLE,
            new BindException("Cannot assign requested address"), Cause.ADDRESS_NOT_AVAILABLE,
            new BindException("Address already in use"), Cause.ADDRESS_NOT_AVAILABLE,
            new ConnectException("Connection timed out"), Cause.TIMEOUT,
            new SocketException("Too many open files"), Cause.OTHER);
    causes.forEach(
        (failure, cause) ->
            assertThat(PunchSockets.causeOf(failure)).as("%s", failure).isEqualTo(cause));
  }

  @Test
  void aPortListensAndDialsAtOnce() throws IOException {
    try (ServerSocket remote = new ServerSocket(0, 5, LOOPBACK);
        ServerSocketChannel listener = PunchSockets.listen(new InetSocketAddress(LOOPBACK, 0))) {
      InetSocketAddress local = (InetSocketAddress) listener.getLocalAddress();
      InetSocketAddress to = (InetSocketAddress) remote.getLocalSocketAddress();
      try (SocketChannel dialled = PunchSockets.dial(local, to);
          java.net.Socket accepted = remote.accept()) {
        assertThat(accepted.getPort()).isEqualTo(local.getPort());
        assertThatThrownBy(() -> PunchSockets.dial(local, to))
            .isInstanceOf(BindException.class); // the same pair of addresses again
        PunchSockets.abort(dialled);
        assertThat(dialled.isOpen()).isFalse();
      }
      PunchSockets.dial(local, to).close(); // no TIME_WAIT is in the way
    }
  }
}
