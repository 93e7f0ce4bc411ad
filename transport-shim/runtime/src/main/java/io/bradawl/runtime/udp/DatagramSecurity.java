package io.bradawl.runtime.udp;

import io.bradawl.protocol.signal.Security;
import io.bradawl.runtime.session.AgreedSession;
import java.nio.ByteBuffer;

/** What is done to the application's datagrams on one path. Thread-safe. */
interface DatagramSecurity extends AutoCloseable {

  /** For a path that is authenticated only: datagrams go as the application made them. */
  DatagramSecurity NONE =
      new DatagramSecurity() {
        @Override
        public boolean isSealing() {
          return false;
        }

        @Override
        public boolean seal(ByteBuffer datagram, ByteBuffer into) {
          return true;
        }

        @Override
        public boolean open(ByteBuffer datagram) {
          return true;
        }

        @Override
        public boolean isRepetition(ByteBuffer datagram) {
          return false;
        }

        @Override
        public void close() {}
      };

  /** What the two peers have agreed upon; takes over the keys of the session. */
  static DatagramSecurity of(AgreedSession agreed) {
    DatagramSecurity security =
        agreed.security() == Security.ENCRYPTED ? new SealedDatagrams(agreed.keys()) : NONE;
    agreed.keys().close();
    return security;
  }

  /** Whether a datagram of the path is genuine only if it opens. */
  boolean isSealing();

  /**
   * Puts into {@code into} what is to be sent in place of {@code datagram}, or nothing if that goes
   * as it is. Neither position nor limit of {@code datagram} change.
   *
   * @return false if it must not be sent at all, since the path is over
   */
  boolean seal(ByteBuffer datagram, ByteBuffer into);

  /**
   * Opens in place: what remains in {@code datagram} then is the other application's.
   *
   * @return false if it was forged or changed, or has been here before; nothing has changed then
   */
  boolean open(ByteBuffer datagram);

  /** Whether a datagram did not open only because it was here before. Nothing changes. */
  boolean isRepetition(ByteBuffer datagram);

  /** Wipes the keys; from now on nothing can be sealed or opened. */
  @Override
  void close();
}
