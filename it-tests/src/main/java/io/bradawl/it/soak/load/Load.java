package io.bradawl.it.soak.load;

import java.io.IOException;

/** A workload: does one thing again and again, whatever becomes of it. */
interface Load {
  /** As long as all is well, this does not end; it is called again when it does. */
  void run() throws IOException, WrongOctets, InterruptedException;
}
