package io.bradawl.it.load.datagram;

import java.nio.ByteBuffer;

/** By which one logical peer of the loader talks to a server: an address and a port of its own. */
public interface Line extends AutoCloseable {

  /** Sends what a direct buffer holds, and returns whether all of it was taken. */
  boolean send(ByteBuffer direct);

  /** Reads what is there, perhaps for others too, and returns how many datagrams. */
  int receive(Batch batch);

  /** Waits until there is something to read. */
  void await(int milliseconds);

  @Override
  void close();
}
