package io.bradawl.protocol.sim;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.path.tcp.PunchInput.Cause;
import io.bradawl.protocol.sim.Packet.Segment;
import io.bradawl.protocol.sim.Packet.Segment.Flag;
import io.bradawl.protocol.sim.Packet.Unreachable.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One end of a TCP connection (RFC 9293 section 3.10.7), with Linux's times for repeating SYNs. */
public final class TcpSocket {

  private static final Duration FIRST_REPEAT = Duration.ofSeconds(1);
  private static final Duration DATA_REPEAT = Duration.ofMillis(250);
  private static final int MAX_REPEATS = 6;

  private final TcpStack stack;
  private final int localPort;
  private final TransportAddress remote;
  private final int isn;
  private final List<Octets> sent = new ArrayList<>();
  private final SortedMap<Integer, Octets> arrived = new TreeMap<>();
  private Events events;
  private State state = State.SYN_SENT;
  private boolean passive;
  private int remoteIsn;
  private int acknowledged;
  private int delivered;

  public TcpSocket(TcpStack stack, int localPort, TransportAddress remote, Events events) {
    this.stack = stack;
    this.localPort = localPort;
    this.remote = remote;
    this.events = events;
    this.isn = stack.world().random().nextInt();
  }

  public int localPort() {
    return localPort;
  }

  public TransportAddress remote() {
    return remote;
  }

  public boolean isEstablished() {
    return state == State.ESTABLISHED;
  }

  /** The same number on both ends of one connection. */
  public int identity() {
    return isn ^ remoteIsn;
  }

  public void connect() {
    repeat(Flag.SYN, State.SYN_SENT, FIRST_REPEAT, 0);
  }

  public void write(Octets message) {
    sent.add(message);
    sendData(sent.size() - 1, 0);
  }

  /** Closes as with SO_LINGER 0: at once, by RST unless nothing was established. */
  public void abort() {
    if (state == State.ESTABLISHED || state == State.SYN_RECEIVED) {
      send(Flag.RST);
    }
    close();
  }

  public void receiveAsListener(Segment syn) {
    passive = true;
    synReceived(syn);
  }

  public void receive(Segment segment) {
    switch (segment.flag()) {
      case SYN -> syn(segment);
      case SYN_ACK -> synAck(segment);
      case ACK -> ack(segment);
      case DATA -> data(segment);
      case RST -> reset(segment);
    }
  }

  private void syn(Segment segment) {
    if (state == State.SYN_SENT) {
      synReceived(segment);
    } else if (segment.isn() != remoteIsn) {
      // RFC 5961 section 4.2: a challenge; if the other end is a new socket it answers with RST.
      send(Flag.ACK);
    } else if (state == State.SYN_RECEIVED) {
      send(Flag.SYN_ACK);
    }
  }

  private void synReceived(Segment syn) {
    remoteIsn = syn.isn();
    state = State.SYN_RECEIVED;
    repeat(Flag.SYN_ACK, State.SYN_RECEIVED, FIRST_REPEAT, 0);
  }

  private void synAck(Segment segment) {
    if (state == State.SYN_SENT && segment.ack() != isn) {
      stack.send(this, Segment.of(Flag.RST, segment.ack(), segment.isn()));
    } else if (segment.ack() == isn && state != State.CLOSED) {
      remoteIsn = segment.isn();
      send(Flag.ACK);
      established();
    }
  }

  private void ack(Segment segment) {
    if (segment.ack() != isn || (state != State.SYN_SENT && segment.isn() != remoteIsn)) {
      stack.send(this, Segment.of(Flag.RST, segment.ack(), segment.isn()));
    } else if (state != State.SYN_SENT) {
      established();
      acknowledged = Math.max(acknowledged, segment.index());
    }
  }

  private void data(Segment segment) {
    if (state == State.SYN_SENT || segment.isn() != remoteIsn || segment.ack() != isn) {
      return;
    }
    established();
    arrived.putIfAbsent(segment.index(), segment.octets());
    while (state == State.ESTABLISHED && arrived.containsKey(delivered)) {
      events.message(arrived.get(delivered++));
    }
    if (state == State.ESTABLISHED) {
      send(Flag.ACK);
    }
  }

  private void reset(Segment segment) {
    boolean answersSyn = state == State.SYN_SENT && segment.ack() == isn;
    boolean inWindow = state != State.SYN_SENT && segment.isn() == remoteIsn;
    if (!answersSyn && !inWindow) {
      return;
    }
    State before = state;
    close();
    if (before == State.ESTABLISHED) {
      events.closed();
    } else if (!passive) {
      events.failed(Cause.REFUSED);
    }
  }

  void unreachable(Reason reason) {
    if (state == State.SYN_SENT && reason != Reason.TOO_BIG) {
      close();
      events.failed(reason == Reason.PORT ? Cause.REFUSED : Cause.UNREACHABLE);
    }
  }

  private void established() {
    if (state == State.ESTABLISHED || state == State.CLOSED) {
      return;
    }
    state = State.ESTABLISHED;
    if (passive) {
      events = stack.accept(this);
    }
    events.connected(this);
  }

  private void sendData(int index, int repeats) {
    if (state != State.ESTABLISHED || acknowledged > index) {
      return;
    }
    if (repeats > MAX_REPEATS) {
      close();
      events.closed();
      return;
    }
    stack.send(this, new Segment(Flag.DATA, isn, remoteIsn, index, sent.get(index)));
    stack.world().in(DATA_REPEAT.multipliedBy(1L << repeats), () -> sendData(index, repeats + 1));
  }

  private void repeat(Flag flag, State during, Duration pause, int repeats) {
    if (state != during) {
      return;
    }
    if (repeats > MAX_REPEATS) {
      close();
      if (!passive) {
        events.failed(Cause.TIMEOUT);
      }
      return;
    }
    send(flag);
    stack.world().in(pause, () -> repeat(flag, during, pause.multipliedBy(2), repeats + 1));
  }

  private void send(Flag flag) {
    int ack = flag == Flag.SYN ? 0 : remoteIsn;
    stack.send(this, new Segment(flag, isn, ack, delivered, Octets.of()));
  }

  private void close() {
    state = State.CLOSED;
    stack.forget(this);
  }

  private enum State {
    SYN_SENT,
    SYN_RECEIVED,
    ESTABLISHED,
    CLOSED
  }

  /** What the owner of a socket hears. */
  public interface Events {

    Events NONE = new Events() {};

    default void connected(TcpSocket socket) {}

    default void failed(Cause cause) {}

    default void message(Octets octets) {}

    default void closed() {}
  }
}
