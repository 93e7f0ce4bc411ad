package io.bradawl.rendezvous.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/** How this server speaks TLS: 1.2 and 1.3, with the JDK's own implementation. */
public final class TlsContexts {

  /** Sessions that may be resumed; each costs some KiB. */
  private static final long SESSIONS = 2000;

  private static final long SESSION_SECONDS = 3600;

  /** RFC 7443. A client that names others, or none, is served all the same. */
  private static final ApplicationProtocolConfig PROTOCOLS =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          "stun.turn",
          "stun.nat-discovery");

  static {
    // In TLS 1.2 a client could have one handshake after the other on a single connection; the JDK
    // asks for this property once, when TLS is used first.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  private TlsContexts() {}

  /**
   * @throws SSLException if TLS cannot use the key
   */
  public static SslContext of(ServerCertificate certificate) throws SSLException {
    return SslContextBuilder.forServer(
            certificate.key(), certificate.chain().toArray(X509Certificate[]::new))
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .applicationProtocolConfig(PROTOCOLS)
        .sessionCacheSize(SESSIONS)
        .sessionTimeout(SESSION_SECONDS)
        .build();
  }
}
