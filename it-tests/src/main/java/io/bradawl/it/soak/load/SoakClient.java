package io.bradawl.it.soak.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a {@link SoakServer} busy in every way. Prints {@code silence WORKLOAD MILLIS} after each
 * silence, {@code broken} and {@code failed} with what became of connections, {@code WRONG ...} for
 * what should never happen, and for each line of input {@code status LINE WORKLOAD ...} and in the
 * end {@code status LINE end}. Ends with its input.
 */
public final class SoakClient {
  private static final long REST_MILLIS = 500;

  private final String host;
  private final int encrypted;
  private final int plain;
  private final List<Tally> tallies = new ArrayList<>();

  private SoakClient(String host, int encrypted, int plain) {
    this.host = host;
    this.encrypted = encrypted;
    this.plain = plain;
  }

  /** Arguments: host, the port of the encrypted service, the port of the authenticated one. */
  public static void main(String[] args) throws IOException {
    SoakClient client =
        new SoakClient(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    client.begin();
    client.report();
  }

  private void begin() {
    Target sealing = new Target(host, encrypted, false);
    Target trusting = new Target(host, plain, true);
    Tally sealed = tally("stream", StreamLoad.INTERVAL_MILLIS);
    start(sealed, new StreamLoad(sealing, sealed));
    Tally raw = tally("plain-stream", StreamLoad.INTERVAL_MILLIS);
    start(raw, new StreamLoad(trusting, raw));
    Tally sealedRequests = tally("requests", RequestLoad.INTERVAL_MILLIS);
    start(sealedRequests, new RequestLoad(sealing, sealedRequests));
    Tally rawRequests = tally("plain-requests", RequestLoad.INTERVAL_MILLIS);
    start(rawRequests, new RequestLoad(trusting, rawRequests));
    Tally sealedDatagrams = tally("datagrams", DatagramLoad.INTERVAL_MILLIS);
    start(sealedDatagrams, new DatagramLoad(host, encrypted, false, sealedDatagrams));
    Tally rawDatagrams = tally("plain-datagrams", DatagramLoad.INTERVAL_MILLIS);
    start(rawDatagrams, new DatagramLoad(host, plain, true, rawDatagrams));
    Tally queries = tally("queries", QueryLoad.INTERVAL_MILLIS);
    start(queries, new QueryLoad(host, encrypted, queries));
  }

  private Tally tally(String name, long intervalMillis) {
    Tally tally = new Tally(name, intervalMillis);
    tallies.add(tally);
    return tally;
  }

  private static void start(Tally tally, Load load) {
    Thread thread = new Thread(() -> repeat(tally, load), "load");
    thread.setDaemon(true);
    thread.start();
  }

  private static void repeat(Tally tally, Load load) {
    try {
      for (; ; Thread.sleep(REST_MILLIS)) {
        once(tally, load);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void once(Tally tally, Load load) throws InterruptedException {
    try {
      load.run();
    } catch (WrongOctets e) {
      tally.wrong(e);
    } catch (IOException e) {
      tally.failed(e);
    }
  }

  private void report() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      for (Tally tally : tallies) {
        System.out.println("status " + line + " " + tally.line());
      }
      System.out.println("status " + line + " end");
    }
  }
}
