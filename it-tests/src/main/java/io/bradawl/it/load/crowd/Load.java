package io.bradawl.it.load.crowd;

import java.nio.ByteBuffer;

/**
 * What each logical peer of a scenario keeps under way.
 *
 * @param burst datagrams in a row; they are one system call's message, which the kernel cuts apart
 * @param bursts under way at once
 * @param expected the first two octets of what comes back
 * @param label where in a datagram the number of its sender is, four octets that come back with it
 */
public record Load(int burst, int bursts, int expected, int label) {

  /** Writes the number of the sender into each of a burst. */
  ByteBuffer labelled(ByteBuffer datagrams, int sender) {
    int size = datagrams.capacity() / burst;
    for (int i = 0; i < burst; i++) {
      datagrams.putInt(i * size + label, sender);
    }
    return datagrams;
  }
}
