package io.bradawl.runtime.dial;

import io.bradawl.runtime.loop.NettyDriverLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to servers. What blocks (name look-up, reading certificates, asking for a
 * proxy) happens on a thread of its own; all else, the {@link Caller} included, on the loop given.
 */
public final class Dial {

  private final TlsTrust trust;

  public Dial(TlsTrust trust) {
    this.trust = trust;
  }

  /** Connects by TCP, to whichever address the host's name has. */
  public Attempt plain(NettyDriverLoop loop, String host, int port, Caller caller) {
    return plain(loop, host, null, port, caller);
  }

  /** Connects by TLS, to whichever address the host's name has. */
  public Attempt tls(NettyDriverLoop loop, String host, int port, Caller caller) {
    return tls(loop, host, null, port, caller);
  }

  /**
   * Connects by TCP.
   *
   * @param address of the host, {@code null} if it is still to be looked up
   */
  public Attempt plain(
      NettyDriverLoop loop, String host, @Nullable InetAddress address, int port, Caller caller) {
    Attempt attempt = new Attempt(loop, caller);
    return open(attempt, loop, () -> new Way(resolved(host, address, port), null, null));
  }

  /**
   * Connects by TLS, through the JVM's proxy for HTTPS if it has one.
   *
   * @param address of the host, {@code null} if it is still to be looked up
   */
  public Attempt tls(
      NettyDriverLoop loop, String host, @Nullable InetAddress address, int port, Caller caller) {
    Attempt attempt = new Attempt(loop, caller);
    return open(attempt, loop, () -> tlsWay(host, address, port));
  }

  /** Behind a proxy this host need not know the server's address, and often cannot. */
  private Way tlsWay(String host, @Nullable InetAddress address, int port) throws IOException {
    InetSocketAddress proxy = Proxies.toward(host, port);
    TlsLayer tls = new TlsLayer(trust.engine(host, port));
    String authority = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    return proxy == null
        ? new Way(resolved(host, address, port), tls, null)
        : new Way(proxy, tls, authority);
  }

  private static InetSocketAddress resolved(String host, @Nullable InetAddress address, int port)
      throws IOException {
    try {
      return new InetSocketAddress(address != null ? address : InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new IOException("host name " + host + " cannot be resolved", e);
    }
  }

  private static Attempt open(Attempt attempt, NettyDriverLoop loop, Callable<Way> prepare) {
    CompletableFuture<Way> way = new CompletableFuture<>();
    Thread thread = new Thread(() -> way.completeAsync(() -> call(prepare), Runnable::run));
    thread.setName("bradawl-dial");
    thread.setDaemon(true);
    thread.start();
    way.whenCompleteAsync(attempt::connect, loop);
    return attempt;
  }

  private static Way call(Callable<Way> prepare) {
    try {
      return prepare.call();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  /**
   * How to get to a server.
   *
   * @param first where to connect to: the server or a proxy
   * @param tls {@code null} for plain TCP
   * @param tunnelTo what the proxy is asked for; {@code null} without one
   */
  record Way(InetSocketAddress first, @Nullable TlsLayer tls, @Nullable String tunnelTo) {}
}
