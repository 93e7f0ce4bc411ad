package io.bradawl.rendezvous.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.bradawl.protocol.Octets;
import io.bradawl.protocol.address.Service;
import io.bradawl.protocol.address.Transport;
import io.bradawl.protocol.peer.PeerId;
import io.bradawl.protocol.peer.PeerInstance;
import io.bradawl.protocol.peer.PeerName;
import io.bradawl.protocol.peer.PeerRef;
import io.bradawl.protocol.realm.AccessKey;
import io.bradawl.protocol.realm.NameClaim;
import io.bradawl.protocol.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirectoryTest {

  private static final AccessKey REALM = new AccessKey(key(7));
  private static final AccessKey OTHER_REALM = new AccessKey(key(8));
  private static final PeerName DB = new PeerName("db");
  private static final Service H2 = new Service(Transport.TCP, 9092);
  private static final Service COAP = new Service(Transport.UDP, 5683);
  private static final PeerId ANNE = id(1);
  private static final PeerId BERT = id(2);

  private final Directory<Line> directory = new Directory<>();
  private final Routing routing = new Routing(new MemoryRegistry<>(directory));

  @Test
  void findsByNameAndById() {
    join(line("c1"), ANNE, 1, DB, H2);

    assertThat(directory.newest(REALM, DB)).isEqualTo(directory.of(line("c1")));
    assertThat(directory.newest(REALM, ANNE)).isEqualTo(directory.of(line("c1")));
    assertThat(directory.of(new PeerInstance(ANNE, 1))).isEqualTo(directory.of(line("c1")));
    assertThat(directory.newest(REALM, BERT)).isNull();
  }

  @Test
  void theNewestHolderOfANameComesFirstAndFallsBack() {
    join(line("c1"), ANNE, 1, DB, H2);
    join(line("c2"), BERT, 1, DB, H2);
    join(line("c3"), ANNE, 2, DB, H2);

    assertThat(directory.holders(REALM, DB))
        .extracting(Registration::connection)
        .containsExactly(line("c3"), line("c2"), line("c1"));
    directory.remove(line("c3"));
    assertThat(directory.newest(REALM, DB).connection()).isEqualTo(line("c2"));
    assertThat(directory.newest(REALM, ANNE).connection()).isEqualTo(line("c1"));
    directory.remove(line("c2"));
    assertThat(directory.newest(REALM, DB).connection()).isEqualTo(line("c1"));
  }

  @Test
  void offersGoToTheNewestThatServes() {
    join(line("c1"), ANNE, 1, DB, H2);
    join(line("c2"), ANNE, 2, DB, COAP);

    assertThat(route(REALM, DB, H2)).isEqualTo(new Route.To(directory.of(line("c1"))));
    assertThat(route(REALM, DB, COAP)).isEqualTo(new Route.To(directory.of(line("c2"))));
    assertThat(route(REALM, DB, new Service(Transport.UDP, 9092)))
        .isEqualTo(new Route.NotListening());
    assertThat(route(REALM, BERT, H2)).isEqualTo(new Route.UnknownPeer());
  }

  @Test
  void aNamesakeThatServesIsFoundBeforeANewerOneThatDoesNot() {
    join(line("c1"), ANNE, 1, DB, H2);
    join(line("c2"), BERT, 1, DB);

    assertThat(best(REALM, new Signal.Lookup(DB, H2)).connection()).isEqualTo(line("c1"));
    assertThat(best(REALM, new Signal.Lookup(DB, COAP)).connection()).isEqualTo(line("c2"));
    assertThat(best(REALM, new Signal.Lookup(DB)).connection()).isEqualTo(line("c2"));
    assertThat(route(REALM, BERT, H2)).isEqualTo(new Route.Elsewhere());
    assertThat(route(null, BERT, H2))
        .as("nobody outside the realm learns of its names")
        .isEqualTo(new Route.NotListening());
  }

  @Test
  void aNameMeansSomethingWithinItsRealmOnly() {
    join(line("c1"), ANNE, 1, DB, H2);
    join(OTHER_REALM, line("c2"), new PeerInstance(BERT, 1), DB, H2);

    assertThat(directory.newest(REALM, DB).connection()).isEqualTo(line("c1"));
    assertThat(directory.newest(OTHER_REALM, DB).connection()).isEqualTo(line("c2"));
    assertThat(directory.newest(null, DB)).isNull();
    assertThat(directory.newest(null, BERT).connection())
        .as("an id is the same everywhere")
        .isEqualTo(line("c2"));
    assertThat(route(null, DB, H2)).isEqualTo(new Route.UnknownPeer());
  }

  @Test
  void membersAreKnownToMembersOnly() {
    join(line("c1"), ANNE, 1, DB, H2);
    join(null, line("c2"), new PeerInstance(BERT, 1), null, H2);

    assertThat(directory.of(line("c1")).isOf(REALM)).isTrue();
    assertThat(directory.of(line("c1")).isOf(OTHER_REALM)).isFalse();
    assertThat(directory.of(line("c1")).isOf(null)).isFalse();
    assertThat(directory.of(line("c2")).isOf(null)).isFalse();
  }

  @Test
  void aChangeDoesNotMakeNewer() {
    join(line("c1"), ANNE, 1, DB, H2);
    join(line("c2"), ANNE, 2, DB, H2);
    join(line("c1"), ANNE, 1, DB, H2, COAP);

    assertThat(directory.newest(REALM, DB).connection()).isEqualTo(line("c2"));
    assertThat(route(REALM, DB, COAP)).isEqualTo(new Route.To(directory.of(line("c1"))));
  }

  @Test
  void aProcessThatComesBackReplacesItself() {
    join(line("c1"), ANNE, 1, DB, H2);
    Registration<Line> before = directory.of(line("c1"));

    assertThat(join(line("c2"), ANNE, 1, DB, H2)).isEqualTo(before);
    assertThat(directory.of(line("c1"))).isNull();
    assertThat(directory.remove(line("c1"))).as("its end changes nothing").isNull();
    assertThat(directory.newest(REALM, DB).connection()).isEqualTo(line("c2"));
  }

  @Test
  void forgetsAnOldName() {
    join(line("c1"), ANNE, 1, DB, H2);
    join(line("c1"), ANNE, 1, null, H2);

    assertThat(directory.newest(REALM, DB)).isNull();
    assertThat(directory.newest(REALM, ANNE)).isNotNull();
  }

  @Test
  void nothingStaysBehind() {
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      Line connection = line("c" + random.nextInt(50));
      if (random.nextBoolean()) {
        PeerName name = random.nextBoolean() ? null : new PeerName("n" + random.nextInt(5));
        join(connection, id(random.nextInt(10)), random.nextInt(4), name, H2);
      } else {
        directory.remove(connection);
      }
    }
    for (int i = 0; i < 50; i++) {
      directory.remove(line("c" + i));
    }
    assertThat(directory.size()).isZero();
    for (int i = 0; i < 10; i++) {
      assertThat(directory.newest(REALM, id(i))).isNull();
      assertThat(directory.newest(REALM, new PeerName("n" + i))).isNull();
    }
  }

  /** What an offer meets that is made here. */
  private Route route(AccessKey asking, PeerRef to, Service service) {
    List<Route> routes = new ArrayList<>();
    routing.route(asking, to, service, routes::add);
    assertThat(routes).hasSize(1);
    return routes.get(0);
  }

  private Registration<? extends Outlet> best(AccessKey asking, Signal.Lookup lookup) {
    List<Registration<? extends Outlet>> found = new ArrayList<>();
    routing.find(asking, lookup, found::add);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static Line line(String name) {
    return new Line(name);
  }

  private record Line(String name) implements Outlet {
    @Override
    public boolean send(Signal.Indication indication) {
      throw new AssertionError("nothing is sent here");
    }
  }

  private Registration<Line> join(
      Line connection, PeerId id, long instance, PeerName name, Service... services) {
    return join(REALM, connection, new PeerInstance(id, instance), name, services);
  }

  private Registration<Line> join(
      AccessKey realm, Line connection, PeerInstance self, PeerName name, Service... services) {
    NameClaim claim = name == null ? null : new NameClaim(name, self.id(), key(9));
    return directory.register(
        connection, new Signal.Register(self, realm, claim, Set.of(services)));
  }

  private static PeerId id(int seed) {
    return new PeerId(key(seed));
  }

  private static Octets key(int seed) {
    byte[] key = new byte[PeerId.LENGTH];
    key[0] = (byte) seed;
    return Octets.of(key);
  }
}
