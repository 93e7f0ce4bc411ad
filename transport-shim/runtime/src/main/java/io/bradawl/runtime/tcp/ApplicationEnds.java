package io.bradawl.runtime.tcp;

import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.noise.SessionKeys;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.seal.StreamOpener;
import io.bradawl.protocol.seal.StreamSealer;
import io.bradawl.protocol.signal.Security;
import io.bradawl.runtime.dial.Keepalive;
import io.bradawl.runtime.kernel.Departures;
import io.bradawl.runtime.path.PathTally;
import io.bradawl.runtime.session.AgreedSession;
import io.bradawl.runtime.splice.Splice;
import io.bradawl.runtime.splice.SpliceLoops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * What the application is given of a proven connection: the connection itself or, if it is to be
 * encrypted, the near end of a splice onto it.
 */
final class ApplicationEnds {

  private static final int MOST_RENAMED = 4096;

  private final IntFunction<Security> wanted;
  private final LocalNames names;
  private final PathTally paths;
  private final Departures departures;
  private final Map<InetSocketAddress, ProvenConnection> renamed = new LinkedHashMap<>();
  private final SpliceLoops splices;

  /**
   * @param paths where connections are counted
   * @param departures tells when those end that the application has to itself
   * @param splices where the others live, and what is to be drained with them
   */
  ApplicationEnds(
      IntFunction<Security> wanted,
      LocalNames names,
      PathTally paths,
      Departures departures,
      SpliceLoops splices) {
    this.wanted = wanted;
    this.names = names;
    this.paths = paths;
    this.departures = departures;
    this.splices = splices;
  }

  /** What this side asks for on paths to the service at {@code port}, wherever that is. */
  Security wanted(int port) {
    return wanted.apply(port);
  }

  /**
   * Hands a connection over.
   *
   * @param agreed whose keys are taken over, also if this fails
   * @param proven taken over, also if this fails
   * @return whether the application took it; if not, it has been reset
   */
  boolean give(AgreedSession agreed, PeerRef peer, ProvenConnection proven, Taker application)
      throws IOException {
    SocketChannel end = proven.channel();
    boolean taken = false;
    try {
      end = endOf(agreed, peer, proven);
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

  private SocketChannel endOf(AgreedSession agreed, PeerRef peer, ProvenConnection proven)
      throws IOException {
    SessionKeys keys = agreed.keys();
    if (agreed.security() == Security.AUTHENTICATED) {
      keys.close();
      leave(proven);
      return proven.channel();
    }
    keys.sending().datagrams().close();
    keys.receiving().datagrams().close();
    return splice(keys, peer, proven);
  }

  /** The application's socket; the channel that it takes is still to be closed. */
  interface Taker {
    boolean take(SocketChannel end) throws IOException;
  }

  /** Sends what applications have written so far, as the kernel does when a process ends. */
  boolean drain(Duration patience) {
    return splices.drain(patience);
  }

  /** From now on the connection is the application's alone. */
  private void leave(ProvenConnection proven) throws IOException {
    InetSocketAddress near = (InetSocketAddress) proven.channel().getLocalAddress();
    InetSocketAddress far = (InetSocketAddress) proven.channel().getRemoteAddress();
    rename(near, far, proven);
    PathTally.Entry counted = paths.entry(Transport.TCP);
    counted.is(proven.kind());
    departures.await(
        near,
        far,
        () -> {
          if (renamed.remove(near, proven)) {
            names.forget(near);
          }
          counted.is(null);
          proven.ended().run();
        });
  }

  /** Not every kernel tells when such a connection ends, so only so many are remembered. */
  private void rename(InetSocketAddress near, InetSocketAddress far, ProvenConnection proven) {
    InetSocketAddress shown = PunchSockets.socketAddress(proven.local());
    if (near.equals(shown)) {
      return;
    }
    names.show(near, far, shown);
    renamed.put(near, proven);
    if (renamed.size() > MOST_RENAMED) {
      InetSocketAddress oldest = renamed.keySet().iterator().next();
      renamed.remove(oldest);
      names.forget(oldest);
    }
  }

  private SocketChannel splice(SessionKeys keys, PeerRef peer, ProvenConnection proven)
      throws IOException {
    keepAlive(keys, proven.channel());
    InetSocketAddress shown = PunchSockets.socketAddress(proven.local());
    CompletableFuture<InetSocketAddress> near = new CompletableFuture<>();
    PathTally.Entry counted = paths.entry(Transport.TCP);
    SocketChannel end =
        Splice.open(
            splices,
            proven.channel(),
            proven.relaying(),
            new StreamSealer(keys.sending().stream()),
            new StreamOpener(keys.receiving().stream()),
            peer.label(),
            how -> {
              near.thenAccept(address -> forget(address, counted));
              proven.ended().run();
            });
    InetSocketAddress address = (InetSocketAddress) end.getLocalAddress();
    names.show(address, (InetSocketAddress) end.getRemoteAddress(), shown);
    counted.is(proven.kind());
    near.complete(address);
    return end;
  }

  private void forget(InetSocketAddress near, PathTally.Entry counted) {
    names.forget(near);
    counted.is(null);
  }

  /** The application's own SO_KEEPALIVE stays at its end, on a connection that cannot die. */
  private static void keepAlive(SessionKeys keys, SocketChannel proven) throws IOException {
    try {
      Keepalive.on(proven);
    } catch (IOException e) {
      keys.close();
      throw e;
    }
  }
}
