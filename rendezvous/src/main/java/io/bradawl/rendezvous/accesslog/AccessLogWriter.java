package io.bradawl.rendezvous.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.rendezvous.json.JsonWriter;
import io.bradawl.rendezvous.telemetry.AccessEvent;
import io.bradawl.rendezvous.telemetry.AccessLog;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Measures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events on a thread of its own. Whoever records one never waits: when the disk is slower
 * than events come, the surplus is dropped and counted, and a line says how many are missing.
 */
public final class AccessLogWriter implements AccessLog, AutoCloseable {

  /** Where lines go, opened anew after each rotation. */
  interface Target {
    OutputStream open() throws IOException;
  }

  private record Entry(Instant time, AccessEvent event) {}

  private static final Logger LOG = LoggerFactory.getLogger(AccessLogWriter.class);
  private static final int MOST_WAITING = 16_384;
  private static final int MOST_AT_ONCE = 1024;
  private static final long LOOK_EVERY_MILLIS = 200;
  private static final long FAREWELL_MILLIS = 2000;

  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Target target;
  private final Measures measures;
  private final Thread thread = new Thread(this::run, "rendezvous-access-log");
  private OutputStream out;
  private long lost;
  private boolean broken;
  private volatile boolean reopen;
  private volatile boolean closed;

  AccessLogWriter(Target target, Measures measures) throws IOException {
    this.target = target;
    this.measures = measures;
    this.out = target.open();
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Appends to {@code file}.
   *
   * @throws IOException if it cannot be opened; the message names it
   */
  public static AccessLogWriter toFile(Path file, Measures measures) throws IOException {
    return new AccessLogWriter(() -> LogFile.append(file), measures);
  }

  /** Writes to standard output, which is never closed. */
  public static AccessLogWriter toStandardOutput(Measures measures) throws IOException {
    return new AccessLogWriter(() -> new Unclosed(System.out), measures);
  }

  @Override
  public void record(AccessEvent event) {
    if (closed || !waiting.offer(new Entry(Instant.now(), event))) {
      measures.increment(Measure.ACCESS_LOG_DROPPED);
    }
  }

  /** Closes the file soon and opens it by its name again: it has been moved away. */
  public void reopen() {
    reopen = true;
  }

  /** Writes what waits, within two seconds, and ends the thread. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(FAREWELL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Entry> batch = new ArrayList<>(MOST_AT_ONCE);
    try {
      while (!closed || !waiting.isEmpty()) {
        take(batch);
        rotate();
        write(batch);
        batch.clear();
      }
      out.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.error("access log: {}", e.toString());
    }
  }

  private void take(List<Entry> batch) throws InterruptedException {
    Entry first = waiting.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    if (first != null) {
      batch.add(first);
      waiting.drainTo(batch, MOST_AT_ONCE - 1);
    }
  }

  private void rotate() {
    if (!reopen) {
      return;
    }
    reopen = false;
    try {
      OutputStream next = target.open();
      out.close();
      out = next;
      LOG.info("access log opened again");
    } catch (IOException e) {
      LOG.error("{}; still writing to the old file", e.getMessage());
    }
  }

  private void write(List<Entry> batch) {
    long dropped = measures.sum(Measure.ACCESS_LOG_DROPPED);
    StringBuilder lines = new StringBuilder();
    if (dropped > lost) {
      lines.append(loss(dropped - lost)).append('\n');
    }
    batch.forEach(entry -> lines.append(line(entry)).append('\n'));
    if (lines.length() == 0) {
      return;
    }
    try {
      out.write(lines.toString().getBytes(US_ASCII));
      out.flush();
      measures.add(Measure.ACCESS_LOG_LINES, batch.size());
      lost = dropped;
      broken = false;
    } catch (IOException e) {
      measures.add(Measure.ACCESS_LOG_DROPPED, batch.size());
      complain(e);
    }
  }

  /** Once for each time that it breaks. */
  private void complain(IOException cause) {
    if (!broken) {
      LOG.error(
          "access log cannot be written: {}; events are dropped and counted", cause.toString());
    }
    broken = true;
  }

  private static JsonWriter loss(long number) {
    JsonWriter json = new JsonWriter().object().put("time", Instant.now());
    return json.put("event", "events lost").put("number", number).endObject();
  }

  private static JsonWriter line(Entry entry) {
    JsonWriter json = new JsonWriter().object();
    json.put("time", entry.time()).put("event", entry.event().event());
    entry.event().write(json);
    return json.endObject();
  }
}
