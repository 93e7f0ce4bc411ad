package io.bradawl.it.apps;

import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;

/**
 * Gets resources with Californium and prints each with the milliseconds from the call to the
 * response.
 */
public final class CoapGet {
  private CoapGet() {}

  /**
   * Arguments: milliseconds to pause before each but the first, and URIs. The exit status is 1 if
   * one of them is not answered with success.
   */
  public static void main(String[] args) throws Exception {
    CoapConfig.register();
    UdpConfig.register();
    Configuration.setStandard(Configuration.createStandardWithoutFile());
    boolean success = true;
    for (int i = 1; i < args.length; i++) {
      Thread.sleep(i == 1 ? 0 : Long.parseLong(args[0]));
      success &= print(args[i]);
    }
    System.exit(success ? 0 : 1);
  }

  private static boolean print(String uri) throws Exception {
    CoapClient client = new CoapClient(uri);
    client.setTimeout(20_000L);
    long start = System.nanoTime();
    CoapResponse response = client.get();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    client.shutdown();
    if (response == null) {
      System.out.println(uri + " gave no answer within " + millis + " ms");
      return false;
    }
    System.out.println(
        response.getCode()
            + " in "
            + millis
            + " ms, "
            + response.getPayloadSize()
            + " octets: "
            + response.getResponseText());
    return response.isSuccess();
  }
}
