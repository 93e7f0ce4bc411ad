package io.bradawl.rendezvous.turn;

import io.bradawl.protocol.turn.Allocation;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One relayed TCP address (RFC 6062): peers connect to it, and it connects to peers. */
final class TcpRelay extends ServerRelay {

  private final InetSocketAddress bound;
  private final RelayDirectory directory;
  private @Nullable Owner owner;

  /** Whose it is. */
  record Owner(Allocation<Channel> allocation, Usage usage) {}

  TcpRelay(Channel listener, InetSocketAddress told, RelayDirectory directory) {
    super(listener, told);
    this.bound = (InetSocketAddress) listener.localAddress();
    this.directory = directory;
  }

  /** What connections to peers are made from. */
  InetSocketAddress bound() {
    return bound;
  }

  void serve(Allocation<Channel> allocation, Usage usage) {
    owner = new Owner(allocation, usage);
    directory.add(this);
  }

  /** {@code null} before somebody has it. */
  @Nullable Owner owner() {
    return owner;
  }

  @Override
  Usage usage() {
    Owner served = owner;
    if (served == null) {
      throw new IllegalStateException("relay " + told() + " serves nobody");
    }
    return served.usage();
  }

  @Override
  void close() {
    directory.remove(this);
    super.close();
  }
}
