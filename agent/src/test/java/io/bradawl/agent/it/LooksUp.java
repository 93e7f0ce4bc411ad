package io.bradawl.agent.it;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** An application that looks up the peer of its argument, uses the network a little and ends. */
final class LooksUp {

  private LooksUp() {}

  public static void main(String[] arguments) throws Exception {
    try {
      System.out.println(InetAddress.getByName(arguments[0]));
    } catch (UnknownHostException e) {
      System.out.println(e.getMessage());
    }
    Quiet.main(arguments);
  }
}
