package io.bradawl.runtime.tcp;

import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.noise.SessionKeys;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.seal.StreamOpener;
import io.bradawl.protocol.seal.StreamSealer;
import io.bradawl.protocol.signal.Security;
import io.bradawl.runtime.path.PathTally;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.splice.Splice;
import io.bradawl.runtime.splice.SpliceLoops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * What the application is given of a proven connection: the connection itself or, if it is to be
 * encrypted, the near end of a splice onto it.
 */
final class ApplicationEnds {

  private final IntFunction<Security> wanted;
  private final LocalNames names;
  private final PathTally paths;
  private final SpliceLoops splices = new SpliceLoops();

  ApplicationEnds(IntFunction<Security> wanted, LocalNames names, PathTally paths) {
    this.wanted = wanted;
    this.names = names;
    this.paths = paths;
  }

  /** What this side asks for on paths to the service at {@code port}, wherever that is. */
  Security wanted(int port) {
    return wanted.apply(port);
  }

  /**
   * Hands a connection over.
   *
   * @param agreed whose keys are taken over, also if this fails
   * @param kind of the path
   * @param proven non-blocking and in no selector; taken over, also if this fails
   * @return whether the application took it; if not, it has been reset
   */
  boolean give(
      AgreedSession agreed,
      PeerRef peer,
      Candidate.Kind kind,
      SocketChannel proven,
      Taker application)
      throws IOException {
    SocketChannel end = proven;
    boolean taken = false;
    try {
      end = endOf(agreed, peer, kind, proven);
      taken = application.take(end);
    } finally {
      if (taken) {
        PunchSockets.close(end);
      } else {
        PunchSockets.abort(end);
      }
    }
    return taken;
  }

  private SocketChannel endOf(
      AgreedSession agreed, PeerRef peer, Candidate.Kind kind, SocketChannel proven)
      throws IOException {
    SessionKeys keys = agreed.keys();
    if (agreed.security() == Security.AUTHENTICATED) {
      keys.close();
      return proven;
    }
    keys.sending().datagrams().close();
    keys.receiving().datagrams().close();
    return splice(keys, peer, kind, proven);
  }

  /** The application's socket; the channel that it takes is still to be closed. */
  interface Taker {
    boolean take(SocketChannel end) throws IOException;
  }

  /** Sends what applications have written so far, as the kernel does when a process ends. */
  boolean drain(Duration patience) {
    return splices.drain(patience);
  }

  private SocketChannel splice(
      SessionKeys keys, PeerRef peer, Candidate.Kind kind, SocketChannel proven)
      throws IOException {
    InetSocketAddress shown = keepAlive(keys, proven);
    CompletableFuture<InetSocketAddress> near = new CompletableFuture<>();
    PathTally.Entry counted = paths.entry(Transport.TCP);
    SocketChannel end =
        Splice.open(
            splices,
            proven,
            new StreamSealer(keys.sending().stream()),
            new StreamOpener(keys.receiving().stream()),
            peer.label(),
            how -> near.thenAccept(address -> forget(address, counted)));
    InetSocketAddress address = (InetSocketAddress) end.getLocalAddress();
    names.show(address, (InetSocketAddress) end.getRemoteAddress(), shown);
    counted.is(kind);
    near.complete(address);
    return end;
  }

  private void forget(InetSocketAddress near, PathTally.Entry counted) {
    names.forget(near);
    counted.is(null);
  }

  /**
   * The application's own SO_KEEPALIVE stays at its end, so the connection that can really die has
   * it always.
   *
   * @return what the application is shown as its own address
   */
  private static InetSocketAddress keepAlive(SessionKeys keys, SocketChannel proven)
      throws IOException {
    try {
      proven.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      return (InetSocketAddress) proven.getLocalAddress();
    } catch (IOException e) {
      keys.close();
      throw e;
    }
  }
}
