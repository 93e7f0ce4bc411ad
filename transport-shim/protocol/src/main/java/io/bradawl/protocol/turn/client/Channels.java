package io.bradawl.protocol.turn.client;

import io.bradawl.protocol.Machine;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.stun.ChannelNumber;
import io.bradawl.protocol.stun.StunMessage;
import io.bradawl.protocol.stun.StunMethod;
import io.bradawl.protocol.stun.XorPeerAddress;
import io.bradawl.protocol.turn.ChannelData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The channels of an allocation (RFC 8656 section 12). Binding one also installs the permission for
 * the peer's address, which lasts five minutes; renewing it a bit more often than that keeps both.
 */
final class Channels {

  static final Duration RENEWAL = Duration.ofMinutes(4);

  /**
   * A number may stand for another peer once its binding has expired, ten minutes, and five more
   * (RFC 8656 section 12).
   */
  static final Duration REST = Duration.ofMinutes(15);

  private final Requests requests;
  private final Consumer<TurnOutput> out;
  private final Requests.Outcome lost;
  private final Map<TransportAddress, Channel> channels = new LinkedHashMap<>();

  /** By number: when the last binding was renewed. */
  private final Map<Integer, Long> resting = new HashMap<>();

  private int next = ChannelData.FIRST_CHANNEL;

  /**
   * @param lost told when the server knows of no allocation
   */
  Channels(Requests requests, Consumer<TurnOutput> out, Requests.Outcome lost) {
    this.requests = requests;
    this.out = out;
    this.lost = lost;
  }

  void bind(TransportAddress peer, boolean allocated, long now) {
    if (channels.containsKey(peer)) {
      return;
    }
    int number = free(now);
    if (number < 0) {
      String text = "all channels are in use";
      out.accept(new TurnOutput.NotBound(peer, new TurnError(TurnError.BAD_ANSWER, text)));
      return;
    }
    Channel channel = new Channel(peer, number);
    channels.put(peer, channel);
    if (allocated) {
      channel.request(now);
    }
  }

  OptionalInt numberOf(TransportAddress peer) {
    Channel channel = channels.get(peer);
    return channel == null ? OptionalInt.empty() : OptionalInt.of(channel.number);
  }

  void unbind(TransportAddress peer) {
    Channel channel = channels.remove(peer);
    if (channel != null) {
      resting.put(channel.number, channel.renewedAt);
    }
  }

  /** There is a new allocation, which knows of none. */
  void renewAll(long now) {
    resting.clear();
    channels.values().forEach(channel -> channel.confirmed = false);
    new ArrayList<>(channels.values()).forEach(channel -> channel.request(now));
  }

  void suspend() {
    channels.values().forEach(channel -> channel.due = Machine.NEVER);
  }

  void tick(long now) {
    for (Channel channel : new ArrayList<>(channels.values())) {
      if (channel.due <= now) {
        channel.request(now);
      }
    }
  }

  long next() {
    return channels.values().stream().mapToLong(channel -> channel.due).min().orElse(Machine.NEVER);
  }

  private int free(long now) {
    resting.values().removeIf(since -> now - since >= REST.toNanos());
    for (int tried = ChannelData.FIRST_CHANNEL; tried <= ChannelData.LAST_CHANNEL; tried++) {
      int number = next;
      next = next == ChannelData.LAST_CHANNEL ? ChannelData.FIRST_CHANNEL : next + 1;
      if (!resting.containsKey(number)
          && channels.values().stream().noneMatch(channel -> channel.number == number)) {
        return number;
      }
    }
    return -1;
  }

  private final class Channel implements Requests.Outcome {

    final TransportAddress peer;
    final int number;
    boolean confirmed;
    long renewedAt;
    long due = Machine.NEVER;

    Channel(TransportAddress peer, int number) {
      this.peer = peer;
      this.number = number;
    }

    void request(long now) {
      due = Machine.NEVER;
      renewedAt = now;
      if (!confirmed) {
        // First: as soon as the server has the request, it may pass on what the peer sends.
        out.accept(new TurnOutput.Binding(peer, number));
      }
      requests.ask(
          StunMethod.CHANNEL_BIND, this, now, new ChannelNumber(number), new XorPeerAddress(peer));
    }

    @Override
    public void success(StunMessage response, long now) {
      if (channels.get(peer) == this) {
        due = now + RENEWAL.toNanos();
        if (!confirmed) {
          confirmed = true;
          out.accept(new TurnOutput.Bound(peer, number));
        }
      }
    }

    @Override
    public void failure(TurnError error, long now) {
      if (channels.get(peer) != this) {
        return;
      }
      if (error.saysNoAllocation()) {
        lost.failure(error, now);
      } else {
        unbind(peer);
        out.accept(new TurnOutput.NotBound(peer, error));
      }
    }
  }
}
