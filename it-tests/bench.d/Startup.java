import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Starts JVMs in turn with either agent and compares the medians. */
final class Startup {

  private static final int RUNS = 20;
  private static final int WARM_UPS = 3;

  public static void main(String[] arguments) throws IOException, InterruptedException {
    String java = arguments[1];
    String classPath = arguments[2];
    String peer = arguments[3] + "=rendezvous=127.0.0.1:9";
    List<List<Double>> millis = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<String> agents = List.of(arguments[2], arguments[3], peer);
    for (int run = -WARM_UPS; run < RUNS; run++) {
      for (int i = 0; i < agents.size(); i++) {
        double took = start(java, classPath, agents.get(i));
        if (run >= 0) {
          millis.get(i).add(took);
        }
      }
    }
    double empty = median(millis.get(0));
    System.out.printf(
        "start-up %s, median of %d: empty premain %.0f ms; bradawl adds %.0f ms (reuse only), %.0f ms"
            + " (with a rendezvous, which nobody answers for)%n",
        arguments[0], RUNS, empty, median(millis.get(1)) - empty, median(millis.get(2)) - empty);
  }

  private static double start(String java, String classPath, String agent)
      throws IOException, InterruptedException {
    ProcessBuilder jvm = new ProcessBuilder(java, "-javaagent:" + agent, "-cp", classPath, "Empty");
    jvm.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    long begin = System.nanoTime();
    int status = jvm.start().waitFor();
    if (status != 0) {
      throw new IOException(jvm.command() + " ended with status " + status);
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return (sorted.get(RUNS / 2 - 1) + sorted.get(RUNS / 2)) / 2;
  }
}
