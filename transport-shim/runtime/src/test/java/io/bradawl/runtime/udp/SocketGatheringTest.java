package io.bradawl.runtime.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.address.TransportAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the machines of a socket: nobody tells it its mapped address; the relay may answer. */
class SocketGatheringTest {

  private final List<List<TransportAddress>> relayed = new ArrayList<>();
  private RelayScene scene;

  @BeforeEach
  void open() throws Exception {
    scene = new RelayScene("70.0.0.1");
    scene.sessions.rendezvous.complete(
        new InetSocketAddress(InetAddress.getByName("70.0.0.9"), 3478));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void itIsToldOnceWhenBothAreKnown() {
    begin();
    assertThat(relayed).as("the rendezvous may still answer").isEmpty();
    scene.pass(Duration.ofSeconds(10));
    assertThat(relayed).containsExactly(List.of(scene.servers.get(0).relayed()));
  }

  @Test
  void withoutARelayItIsToldAllTheSame() {
    scene.servers.get(0).silent = true;
    begin();
    scene.pass(Duration.ofSeconds(10));
    assertThat(relayed).containsExactly(List.of());
  }

  private void begin() {
    Mapping mapping = new Mapping(scene.socket, scene.with, () -> {});
    Gathering.begin(scene.with, mapping, scene.relay, (mapped, by) -> relayed.add(by));
    scene.pass(Duration.ofMillis(1));
  }
}
