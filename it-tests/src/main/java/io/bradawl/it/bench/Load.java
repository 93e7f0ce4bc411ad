package io.bradawl.it.bench;

import java.util.List;

/**
 * What is measured.
 *
 * @param argument what {@link LoadClient} is told
 * @param figures what it answers, in this order
 */
record Load(String argument, List<String> figures) {

  static final Load STREAM = new Load("stream", List.of("TCP Gbit/s", "TCP CPU s/GB, both ends"));
  static final Load CONNECTS = new Load("connects", List.of("TCP connects/s"));
  static final Load TRIPS = new Load("trips", List.of("UDP 64 B round trip, us"));

  /** Datagrams as fast as they can be sent; {@code size} in octets, more than 2. */
  static Load datagrams(int size) {
    String what = "UDP " + size + " B ";
    return new Load(
        String.valueOf(size),
        List.of(
            what + "datagrams/s delivered",
            what + "CPU ns per datagram sent",
            what + "CPU ns per datagram delivered"));
  }

  /** The figures in the answer of a {@link LoadClient}. */
  List<Double> read(String answer) {
    List<Double> read = List.of(answer.trim().split(" ")).stream().map(Double::valueOf).toList();
    if (read.size() != figures.size()) {
      throw new IllegalStateException(figures + " are not what was measured: " + answer);
    }
    return read;
  }
}
