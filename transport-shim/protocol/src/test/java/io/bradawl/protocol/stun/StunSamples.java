package io.bradawl.protocol.stun;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.TransportAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Random messages from a seed. */
public final class StunSamples {

  private static final List<Function<Random, StunAttribute>> KINDS =
      List.of(
          random -> new ChangeRequest(random.nextBoolean(), random.nextBoolean()),
          random -> new OtherAddress(address(random)),
          random -> new Padding(random.nextInt(30)),
          random -> new ResponseOrigin(address(random)),
          random -> new ResponsePort(random.nextInt(0x10000)),
          random -> new ErrorCode(300 + random.nextInt(400), text(random, 40)),
          random -> new IceControlled(random.nextLong()),
          random -> new IceControlling(random.nextLong()),
          random -> new Lifetime(Integer.toUnsignedLong(random.nextInt())),
          random -> new MappedAddress(address(random)),
          random -> new Priority(random.nextInt()),
          random -> new RawAttribute(0x7000 + random.nextInt(0x100), octets(random, 70)),
          random -> new Software(text(random, 60)),
          random ->
              new UnknownAttributes(random.ints(random.nextInt(9), 0, 0x8000).boxed().toList()),
          random -> new UseCandidate(),
          random -> new Username(text(random, 60)),
          random -> new XorMappedAddress(address(random)),
          random -> new AdditionalAddressFamily(random.nextInt(0x100)),
          random -> new AddressErrorCode(random.nextInt(0x100), new ErrorCode(440, "no")),
          random -> new ChannelNumber(random.nextInt(0x10000)),
          random -> new ConnectionId(random.nextInt()),
          random -> new Data(octets(random, 70)),
          random -> new DontFragment(),
          random -> new EvenPort(random.nextBoolean()),
          random -> new Icmp(random.nextInt(0x80), random.nextInt(0x200), random.nextInt()),
          random -> new MobilityTicket(octets(random, 70)),
          random -> new Nonce(text(random, 60)),
          random -> new PasswordAlgorithm(random.nextInt(0x10000), octets(random, 9)),
          random ->
              new PasswordAlgorithms(
                  List.of(
                      new PasswordAlgorithm(random.nextInt(0x10000), octets(random, 9)),
                      PasswordAlgorithm.MD5)),
          random -> new RequestedAddressFamily(random.nextInt(0x100)),
          random -> new RequestedTransport(random.nextInt(0x100)),
          random -> new ReservationToken(random.nextLong()),
          random -> new StunRealm(text(random, 60)),
          random -> new UserHash(Octets.of(new byte[32])),
          random -> new XorPeerAddress(address(random)),
          random -> new XorRelayedAddress(address(random)));

  private static final List<byte[]> WIRE =
      IntStream.rangeClosed(Byte.MIN_VALUE, Byte.MAX_VALUE)
          .mapToObj(seed -> StunEncoder.encode(message(new Random(seed))).array())
          .toList();

  private StunSamples() {}

  public static StunMessage message(Random random) {
    StunClass[] classes = StunClass.values();
    return new StunMessage(
        classes[random.nextInt(classes.length)],
        random.nextInt(StunMethod.MAX + 1),
        TransactionId.draw(random),
        IntStream.range(0, random.nextInt(12))
            .mapToObj(i -> KINDS.get(random.nextInt(KINDS.size())).apply(random))
            .toList());
  }

  /**
   * The message of that seed as on the wire, made once: to make one takes longer than to read it.
   */
  public static byte[] wire(byte seed) {
    return WIRE.get(seed - Byte.MIN_VALUE).clone();
  }

  static Octets octets(Random random, int most) {
    byte[] octets = new byte[random.nextInt(most + 1)];
    random.nextBytes(octets);
    return Octets.of(octets);
  }

  private static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    random.ints(random.nextInt(most + 1), 0x20, 0x2000).forEach(text::appendCodePoint);
    return text.toString();
  }

  private static TransportAddress address(Random random) {
    byte[] ip = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(ip);
    try {
      return new TransportAddress(InetAddress.getByAddress(ip), random.nextInt(0x10000));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
