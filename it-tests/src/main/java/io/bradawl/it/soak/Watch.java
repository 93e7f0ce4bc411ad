package io.bradawl.it.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What all the programs say, as far as it matters. */
final class Watch {
  private static final Pattern STATUS =
      Pattern.compile("status (\\d+) (\\S+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");
  private static final Pattern SILENCE = Pattern.compile("silence (\\S+) (\\d+)");
  private static final Pattern ENDED = Pattern.compile("(broken|failed) (\\S+) (.*)");
  private static final Pattern LOGGED = Pattern.compile("^\\S+Z (WARN|ERROR) +(.*)");
  private static final Pattern TRACE = Pattern.compile("^\\s+at |^Exception in|^Caused by");

  private final List<String> wrong = new ArrayList<>();
  private final List<Silence> silences = new ArrayList<>();
  private final Map<String, Integer> ends = new TreeMap<>();
  private final Map<String, Integer> complaints = new TreeMap<>();
  private final Map<String, Progress> progress = new LinkedHashMap<>();
  private int strays;

  /** A program has printed a line. */
  void hear(String service, String line) {
    Matcher status = STATUS.matcher(line);
    if (status.matches()) {
      progress.computeIfAbsent(service + "/" + status.group(2), any -> new Progress()).at(status);
    } else if (line.startsWith("stray")) {
      strays++;
    } else if (line.contains("WRONG")) {
      wrong.add(service + ": " + line);
      System.out.println("!! " + service + ": " + line);
    } else {
      hearOther(service, line);
    }
  }

  private void hearOther(String service, String line) {
    Matcher silence = SILENCE.matcher(line);
    if (silence.matches()) {
      silences.add(new Silence(silence.group(1), service, Long.parseLong(silence.group(2))));
    }
    Matcher ended = ENDED.matcher(line);
    if (ended.matches()) {
      ends.merge(ended.group(1) + " " + ended.group(2), 1, Integer::sum);
    }
    Matcher logged = LOGGED.matcher(line);
    if (logged.matches()) {
      complaints.merge(logged.group(1) + " " + general(logged.group(2)), 1, Integer::sum);
    }
    if (TRACE.matcher(line).find()) {
      complaints.merge("TRACE " + general(line), 1, Integer::sum);
    }
  }

  /** Without what is different each time. */
  private static String general(String text) {
    return text.replaceAll("[0-9]+(\\.[0-9]+){3}(:\\d+)?", "ADDRESS").replaceAll("\\d+", "N");
  }

  /** Datagrams of strangers, or of what was a peer before a restart. */
  int strays() {
    return strays;
  }

  /** What should never have happened. */
  List<String> wrong() {
    return wrong;
  }

  /** How often connections broke or could not be made, by workload. */
  Map<String, Integer> ends() {
    return ends;
  }

  /** What the agents and servers warned of, and how often. */
  Map<String, Integer> complaints() {
    return complaints;
  }

  /** The silences of which nobody has asked yet. */
  List<Silence> freshSilences() {
    List<Silence> fresh = List.copyOf(silences);
    silences.clear();
    return fresh;
  }

  /** How far each workload of each client is, by {@code client/workload}. */
  Map<String, Progress> progress() {
    return progress;
  }

  /** A workload got no answer for so much longer than it should have waited. */
  record Silence(String workload, String client, long millis) {}

  /** What came of one workload of one client, over all its restarts. */
  static final class Progress {
    private int asked;
    private long earlierAnswers;
    private long earlierOctets;
    private long answers;
    private long octets;
    private long duplicates;
    private long silentMillis;

    private void at(Matcher status) {
      long known = Long.parseLong(status.group(3));
      if (known < answers) {
        earlierAnswers += answers;
        earlierOctets += octets;
      }
      asked = Integer.parseInt(status.group(1));
      answers = known;
      octets = Long.parseLong(status.group(4));
      duplicates = Long.parseLong(status.group(6));
      silentMillis = Long.parseLong(status.group(7));
    }

    /** The number of the question that this answers. */
    int asked() {
      return asked;
    }

    /** Right answers in all. */
    long answers() {
      return earlierAnswers + answers;
    }

    /** Octets of them, both ways. */
    long octets() {
      return earlierOctets + octets;
    }

    /** Datagrams that the network doubled, in this run of the client. */
    long duplicates() {
      return duplicates;
    }

    /** Since the last answer; meaningless before the first. */
    long silentMillis() {
      return silentMillis;
    }
  }
}
