package io.bradawl.rendezvous.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.rendezvous.admission.Limits;
import io.bradawl.rendezvous.server.RendezvousServer;
import io.bradawl.rendezvous.server.ServerSettings;
import io.bradawl.rendezvous.telemetry.Measure;
import io.bradawl.rendezvous.telemetry.Readiness;
import io.bradawl.rendezvous.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OperatorSiteTest {

  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Telemetry telemetry = Telemetry.unseen();
  private final HttpClient client = HttpClient.newHttpClient();
  private RendezvousServer server;
  private OperatorSite site;

  @BeforeEach
  void start() throws IOException {
    server = RendezvousServer.start(ServerSettings.of(List.of(ANY), Limits.DEFAULT), telemetry);
    site = OperatorSite.open(ANY, false, server, telemetry, "1.2.3");
  }

  @AfterEach
  void stop() {
    site.close();
    server.close();
  }

  @Test
  void isHealthyWhileItsThreadsWork() throws Exception {
    assertThat(ask("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void isReadyUnlessSomethingIsInTheWay() throws Exception {
    assertThat(ask("/readyz").statusCode()).isEqualTo(200);
    telemetry.readiness().hinderedBy(Readiness.Obstacle.DRAINING);
    telemetry.readiness().hinderedBy(Readiness.Obstacle.CLUSTER_LOST);
    HttpResponse<String> answer = ask("/readyz");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("cluster lost, draining\n");
    assertThat(ask("/metrics").body()).contains("bradawl_ready 0.0");
    assertThat(ask("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void showsMeasuresOfServerAndProcess() throws Exception {
    telemetry.measures().add(Measure.RELAYED_UDP_BYTES_TO_PEER, 1200);
    HttpResponse<String> answer = ask("/metrics");
    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains("bradawl_relayed_bytes_total{direction=\"to_peer\",transport=\"udp\"} 1200.0")
        .contains("bradawl_build_info{version=\"1.2.3\"} 1")
        .contains("jvm_memory_used_bytes", "process_files_open_files", "process_cpu_usage");
  }

  @Test
  void showsWhatPassesBetweenServers() throws Exception {
    telemetry.measures().add(Measure.CLUSTER_NODES, 3);
    telemetry.measures().add(Measure.CLUSTER_SIGNALS_IN, 4);
    telemetry.measures().add(Measure.CLUSTER_SIGNALS_OUT, 5);
    telemetry.measures().add(Measure.REDIS_FAILURES, 6);
    assertThat(ask("/status.json").body())
        .contains("\"clusterNodes\":3", "\"clusterSignals\":9", "\"redisFailures\":6");
    assertThat(ask("/metrics").body())
        .contains("bradawl_cluster_nodes 3.0")
        .contains("bradawl_cluster_signals_total{direction=\"out\"} 5.0")
        .contains("bradawl_cluster_redis_failures_total 6.0");
  }

  @Test
  void speaksOpenMetricsIfAsked() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/metrics"))
            .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/openmetrics-text");
    assertThat(answer.body()).endsWith("# EOF\n");
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    assertThat(ask("/nothing").statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(uri("/readyz"))
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();
    HttpResponse<String> answer = client.send(post, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD");
  }

  @Test
  void letsNoOtherSiteReadIt() throws Exception {
    assertThat(ask("/readyz").headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(
            raw("GET /metrics HTTP/1.1\r\nHost: rebound.example.org\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421 ");
  }

  @Test
  void answersHeadWithoutBodyAndPipelinedRequestsInOrder() throws Exception {
    assertThat(raw("HEAD /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .containsIgnoringCase("content-length: 6")
        .endsWith("\r\n\r\n");
    assertThat(
            raw(
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    + "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .containsSubsequence("ok\n", "ready\n");
  }

  @Test
  void hangsUpOnWhatIsNoHttp() throws Exception {
    assertThat(raw("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void namesAnAddressThatIsTaken() {
    assertThatThrownBy(() -> OperatorSite.open(site.address(), false, server, telemetry, "1.2.3"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("choose another --http");
  }

  private HttpResponse<String> ask(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + site.address().getPort() + path);
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(site.address().getAddress(), site.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
