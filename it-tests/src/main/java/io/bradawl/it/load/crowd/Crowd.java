package io.bradawl.it.load.crowd;

import io.bradawl.it.load.datagram.Batch;
import io.bradawl.it.load.datagram.Kernel;
import io.bradawl.it.load.datagram.Line;
import io.bradawl.it.load.datagram.Salvo;
import io.bradawl.it.load.datagram.UdpSocket;
import io.bradawl.it.load.measure.Sample;
import io.bradawl.it.load.measure.Usage;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Many logical peers on one socket, each with a source address of its own: so the loader sends and
 * receives for many of them with one system call, and takes less time for a datagram than the
 * server does.
 */
public final class Crowd implements AutoCloseable {

  /** Octets of a datagram that the loader looks at. */
  private static final int HEAD = 16;

  private final UdpSocket socket = UdpSocket.bound(new InetSocketAddress("0.0.0.0", 0));
  private final Batch batch = new Batch(HEAD, false);
  private final Salvo salvo;
  private final List<Flow> flows = new ArrayList<>();
  private final List<ByteBuffer> bursts = new ArrayList<>();

  /** None yet; {@link #run} brings them. */
  public Crowd(InetSocketAddress server) {
    salvo = new Salvo(socket, server);
  }

  /** By which one of them asks for what it needs. */
  public Line line(int peer) {
    return new Line() {
      @Override
      public boolean send(ByteBuffer direct) {
        salvo.add(host(peer), Kernel.addressOf(direct), direct.remaining());
        return salvo.fire() == 1;
      }

      @Override
      public int receive(Batch into) {
        return socket.receive(into);
      }

      @Override
      public void await(int milliseconds) {
        socket.await(milliseconds);
      }

      @Override
      public void close() {}
    };
  }

  /**
   * Loads {@code server} for so long.
   *
   * @param datagrams a new burst for each peer, big endian
   */
  public Sample run(
      Usage server, Duration time, Load load, int peers, IntFunction<ByteBuffer> datagrams) {
    for (int peer = 0; peer < peers; peer++) {
      ByteBuffer burst = load.labelled(datagrams.apply(peer), peer);
      bursts.add(burst);
      flows.add(new Flow(host(peer), burst, load));
    }
    socket.segment(bursts.get(0).capacity() / load.burst());
    try {
      return run(server, time, load);
    } finally {
      socket.segment(0);
    }
  }

  private Sample run(Usage server, Duration time, Load load) {
    Usage.Reading before = server.read();
    long until = before.nanos() + time.toNanos();
    for (long now = before.nanos(); now < until; now = System.nanoTime()) {
      int moved = receive(load, now);
      for (Flow flow : flows) {
        moved += flow.send(salvo, now);
      }
      salvo.fire();
      Gathering.after(moved);
    }
    long received = flows.stream().mapToLong(Flow::received).sum();
    long sent = flows.stream().mapToLong(Flow::sent).sum();
    return new Sample(received, sent, server.read().since(before));
  }

  private int receive(Load load, long now) {
    int count = socket.receive(batch);
    for (int i = 0; i < count; i++) {
      int peer = batch.number(i, load.label());
      if (peer >= 0 && peer < flows.size()) {
        flows.get(peer).receive(batch.start(i) == load.expected(), now);
      }
    }
    return count;
  }

  /** 127.1.0.0 and up; servers and their peers have lower ones. */
  private static int host(int peer) {
    return 1 | (peer >> 8 & 0xFF) << 8 | (peer & 0xFF) << 16;
  }

  @Override
  public void close() {
    socket.close();
  }
}
