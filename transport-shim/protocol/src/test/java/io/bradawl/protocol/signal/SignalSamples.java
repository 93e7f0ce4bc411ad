package io.bradawl.protocol.signal;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Candidate;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.address.TransportAddress;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.AccessChallenge;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.turn.RelayGrant;
import io.bradawl.protocol.turn.TurnUri;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random signals from a seed. */
public final class SignalSamples {

  public static final List<Function<Random, Signal.Request>> REQUESTS =
      List.of(
          SignalSamples::register,
          random -> new Signal.Lookup(peer(random)),
          random -> new Signal.Lookup(peer(random), service(random)));

  public static final List<Function<Random, Signal.Indication>> INDICATIONS =
      List.of(
          random ->
              new Signal.Offer(
                  session(random),
                  instance(random),
                  peer(random),
                  service(random),
                  octets(random, random.nextInt(SignalCodec.MAX_DESCRIPTION + 1))),
          random ->
              new Signal.Answer(
                  session(random),
                  instance(random),
                  instance(random),
                  octets(random, random.nextInt(SignalCodec.MAX_DESCRIPTION + 1))),
          random ->
              new Signal.Refusal(session(random), instance(random), reason(random), "not today"),
          random -> new Signal.Withdrawal(session(random), instance(random), peer(random)));

  private SignalSamples() {}

  public static Signal.Response responseTo(Signal.Request request, Random random) {
    if (random.nextInt(3) == 0) {
      return new Signal.Rejected(reason(random), "because");
    }
    return request.match(
        register ->
            random.nextBoolean()
                ? new Signal.Challenged(challenge(random))
                : new Signal.Registered(
                    address(random),
                    Duration.ofSeconds(random.nextInt(9999)),
                    random.nextBoolean() ? null : grant(random)),
        lookup -> found(random));
  }

  private static RelayGrant grant(Random random) {
    TurnUri uri = TurnUri.parse("turn:[2001:db8::1]:" + (1 + random.nextInt(0xFFFF)));
    return new RelayGrant(
        Duration.ofSeconds(random.nextInt(9999)),
        random.nextInt() + ":peer",
        "pass" + random.nextInt(),
        "realm",
        "nonce" + random.nextInt(),
        Collections.nCopies(random.nextInt(3), uri));
  }

  static Signal.Found found(Random random) {
    PeerId id = id(random);
    return new Signal.Found(id, accessKey(random), claim(id, random));
  }

  static AccessChallenge challenge(Random random) {
    return new AccessChallenge(octets(random, 32), octets(random, 32));
  }

  /** What {@code id} might say. */
  public static PathDescription description(PeerId id, Random random) {
    return new PathDescription(
        1 + random.nextInt(0xFFFF),
        Duration.ofNanos(random.nextInt(4_000_000) * 1000L),
        pick(Security.values(), random),
        IntStream.rangeClosed(0, random.nextInt(PathDescription.MAX_CANDIDATES))
            .mapToObj(i -> new Candidate(pick(Candidate.Kind.values(), random), address(random)))
            .toList(),
        claim(id, random));
  }

  public static Signal.Request register(Random random) {
    PeerInstance self = instance(random);
    AccessKey realm = accessKey(random);
    Octets proof = random.nextBoolean() ? null : octets(random, 32);
    return new Signal.Register(
        self, realm, claim(self.id(), random), services(random), proof, paths(random));
  }

  private static PathCounts paths(Random random) {
    return new PathCounts(
        Map.of(
            Transport.TCP,
            Map.of(
                Candidate.Kind.HOST, random.nextInt(2), Candidate.Kind.RELAYED, random.nextInt(9)),
            Transport.UDP,
            Map.of(Candidate.Kind.PEER_REFLEXIVE, random.nextInt(0x1_0000))));
  }

  static PeerId id(Random random) {
    return new PeerId(octets(random, PeerId.LENGTH));
  }

  static PeerInstance instance(Random random) {
    return new PeerInstance(id(random), random.nextLong());
  }

  public static TransportAddress address(Random random) {
    byte[] ip = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(ip);
    ip[0] = (byte) (1 + random.nextInt(200));
    try {
      return new TransportAddress(InetAddress.getByAddress(ip), 1 + random.nextInt(0xFFFF));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static PeerRef peer(Random random) {
    return random.nextBoolean() ? id(random) : new PeerName("p" + random.nextInt(1000));
  }

  private static AccessKey accessKey(Random random) {
    return random.nextBoolean() ? null : new AccessKey(octets(random, 32));
  }

  private static NameClaim claim(PeerId id, Random random) {
    return random.nextBoolean()
        ? null
        : new NameClaim(new PeerName("n" + random.nextInt(1000)), id, octets(random, 32));
  }

  private static Service service(Random random) {
    return new Service(pick(Transport.values(), random), 1 + random.nextInt(0xFFFF));
  }

  private static Set<Service> services(Random random) {
    return IntStream.range(0, random.nextInt(SignalCodec.MAX_SERVICES + 1))
        .mapToObj(i -> service(random))
        .collect(Collectors.toSet());
  }

  private static Signal.Reason reason(Random random) {
    return pick(Signal.Reason.values(), random);
  }

  private static SessionId session(Random random) {
    return new SessionId(random.nextLong(), random.nextLong());
  }

  private static Octets octets(Random random, int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return Octets.of(octets);
  }

  private static <T> T pick(T[] values, Random random) {
    return values[random.nextInt(values.length)];
  }
}
