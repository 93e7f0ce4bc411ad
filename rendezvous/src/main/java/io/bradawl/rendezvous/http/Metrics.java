package io.bradawl.rendezvous.http;

import io.bradawl.rendezvous.telemetry.Family;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Measures;
import io.bradawl.rendezvous.telemetry.Telemetry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shows all measures, and what the JVM and the operating system tell of the process, to Prometheus.
 * Everything is read when it asks.
 */
final class Metrics implements AutoCloseable {

  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String OPEN_METRICS_1 = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
  private static final String TEXT_0_0_4 = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  Metrics(Telemetry telemetry, String version) {
    for (Measure measure : Measure.values()) {
      show(telemetry.measures(), measure);
    }
    Gauge.builder("bradawl.ready", telemetry.readiness(), r -> r.obstacles().isEmpty() ? 1 : 0)
        .description("1 while peers may be sent here, as /readyz says.")
        .register(registry);
    Gauge.builder("bradawl.build.info", () -> 1)
        .description("Always 1; its label is the version.")
        .tag("version", version)
        .register(registry);
    showProcess();
  }

  /**
   * Everything as text.
   *
   * @param accept content types that whoever asks can read
   */
  Reply scrape(String accept) {
    String type = accept.contains(OPEN_METRICS) ? OPEN_METRICS_1 : TEXT_0_0_4;
    return new Reply(200, type, registry.scrape(type));
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }

  private void show(Measures measures, Measure measure) {
    Family family = measure.family();
    String name = "bradawl." + family.name().toLowerCase(Locale.ROOT).replace('_', '.');
    if (family.kind() == Family.Kind.GAUGE) {
      Gauge.builder(name, measures, all -> all.sum(measure))
          .description(family.help())
          .tags(tags(measure))
          .register(registry);
    } else {
      FunctionCounter.builder(name, measures, all -> all.sum(measure))
          .description(family.help())
          .tags(tags(measure))
          .register(registry);
    }
  }

  private static List<Tag> tags(Measure measure) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < measure.labels().size(); i++) {
      tags.add(Tag.of(measure.family().labels().get(i), measure.labels().get(i)));
    }
    return tags;
  }

  private void showProcess() {
    collections.bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmInfoMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }
}
