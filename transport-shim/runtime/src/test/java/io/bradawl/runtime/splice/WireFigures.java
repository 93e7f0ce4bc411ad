package io.bradawl.runtime.splice;

import com.sun.management.OperatingSystemMXBean;
import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.seal.Relaying;
import io.bradawl.protocol.seal.StreamOpener;
import io.bradawl.protocol.seal.StreamSealer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * What {@link SpliceFigures} measures within one process, between two: {@code serve} prints, per
 * connection, throughput and its processor time, {@code call HOST GB} sends plain and spliced in
 * turns and prints its own. The keys are known to everybody.
 */
public final class WireFigures {

  private static final int PLAIN_PORT = 4_001;
  private static final int SPLICED_PORT = 4_002;
  private static final int ROUNDS = 4;
  private static final int CHUNK = 64 * 1024;

  private final SpliceLoops loops = new SpliceLoops();

  private WireFigures() {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals("serve")) {
      new WireFigures().serve();
    } else {
      new WireFigures().call(args[1], (long) (1e9 * Double.parseDouble(args[2])));
    }
  }

  private void serve() throws IOException {
    try (ServerSocketChannel plain = listen(PLAIN_PORT);
        ServerSocketChannel spliced = listen(SPLICED_PORT)) {
      for (int round = 0; round < ROUNDS; round++) {
        receive("plain", plain.accept());
        receive("spliced", splice(spliced.accept()));
      }
    }
  }

  private void call(String host, long octets) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      send("plain", connect(host, PLAIN_PORT), octets);
      send("spliced", splice(connect(host, SPLICED_PORT)), octets);
    }
  }

  private static ServerSocketChannel listen(int port) throws IOException {
    return ServerSocketChannel.open().bind(new InetSocketAddress(port));
  }

  private static SocketChannel connect(String host, int port) throws IOException {
    return SocketChannel.open(new InetSocketAddress(host, port));
  }

  private SocketChannel splice(SocketChannel peer) throws IOException {
    peer.configureBlocking(false);
    StreamSealer sealer = new StreamSealer(Secret.zeros(32));
    StreamOpener opener = new StreamOpener(Secret.zeros(32));
    return Splice.open(loops, peer, Relaying.DIRECT, sealer, opener, "the other", end -> {});
  }

  private static void receive(String what, SocketChannel from) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long processor = processorNanos();
    long start = System.nanoTime();
    long total = 0;
    for (int n = 0; n >= 0; n = from.socket().getInputStream().read(chunk)) {
      total += n;
    }
    from.socket().getOutputStream().write(1);
    from.close();
    print("receives " + what, start, processor, total);
  }

  private static void send(String what, SocketChannel to, long octets) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long processor = processorNanos();
    long start = System.nanoTime();
    long total = 0;
    for (; total < octets; total += chunk.length) {
      to.socket().getOutputStream().write(chunk);
    }
    to.socket().shutdownOutput();
    to.socket().getInputStream().read();
    to.close();
    print("sends " + what, start, processor, total);
  }

  private static void print(String what, long start, long processor, long octets) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double processorSeconds = (processorNanos() - processor) / 1e9;
    System.out.printf(
        "%-17s %6.2f Gbit/s  %5.2f CPU s/GB%n",
        what, octets * 8 / seconds / 1e9, processorSeconds / (octets / 1e9));
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
