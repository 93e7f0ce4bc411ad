package io.bradawl.it.load.scenario;

import io.bradawl.it.load.client.RelayedStream;
import io.bradawl.it.load.measure.Sample;
import io.bradawl.it.load.measure.Usage;
import io.bradawl.it.load.subject.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients that send to a peer over TCP through the relay for as long as they may; what the peer
 * gets counts, in KiB.
 *
 * @param streams connections at once
 */
record BulkScenario(int streams) implements Scenario {

  private static final int CHUNK = 64 * 1024;
  private static final double KIBI = 1024;
  private static final long PATIENCE_MILLIS = 10_000;

  @Override
  public String title() {
    return "KiB over relayed TCP connections in bulk";
  }

  @Override
  public int octets() {
    return 1024;
  }

  @Override
  public Sample run(Subject server, Duration time) {
    try (ServerSocketChannel peer = ServerSocketChannel.open()) {
      peer.bind(new InetSocketAddress(InetAddress.getByName(Subject.PEER), 0));
      return run(server, time, peer);
    } catch (IOException e) {
      throw new UncheckedIOException("bulk through " + server.name(), e);
    }
  }

  private Sample run(Subject server, Duration time, ServerSocketChannel peer) throws IOException {
    LongAdder sent = new LongAdder();
    LongAdder received = new LongAdder();
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      var stream = new RelayedStream(server.address(), (InetSocketAddress) peer.getLocalAddress());
      SocketChannel arrived = peer.accept();
      threads.add(start(over, () -> drink(arrived, received)));
      threads.add(start(over, () -> pour(stream, sent, over)));
    }
    long before = received.sum();
    long sentBefore = sent.sum();
    Usage.Reading start = server.usage().read();
    pause(time);
    Sample sample =
        new Sample(
            (received.sum() - before) / KIBI,
            (sent.sum() - sentBefore) / KIBI,
            server.usage().read().since(start));
    over.set(true);
    for (Thread thread : threads) {
      join(thread);
    }
    return sample;
  }

  private static void pour(RelayedStream stream, LongAdder sent, AtomicBoolean over)
      throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (stream) {
      while (!over.get()) {
        stream.output().write(chunk);
        sent.add(CHUNK);
      }
    }
  }

  private static void drink(SocketChannel from, LongAdder received) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    try (from) {
      for (int read = 0; read >= 0; read = from.read(chunk.clear())) {
        received.add(read);
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** The end comes as a reset, since data are under way. */
  private static Thread start(AtomicBoolean over, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                if (!over.get()) {
                  throw new UncheckedIOException(e);
                }
              }
            },
            "bulk");
    thread.start();
    return thread;
  }

  private static void pause(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void join(Thread thread) throws IOException {
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
