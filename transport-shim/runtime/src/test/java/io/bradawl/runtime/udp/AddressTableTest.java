package io.bradawl.runtime.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressTableTest {

  private final AddressTable<String> table = new AddressTable<>();

  @Test
  void agreesWithAMapThroughManyChanges() {
    Random random = new Random(7);
    Map<List<Long>, String> model = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      List<Long> key =
          List.of((long) random.nextInt(3), (long) random.nextInt(20), (long) random.nextInt(4));
      String value = "value " + i; // values are told apart by identity
      if (random.nextInt(3) > 0) {
        model.put(key, value);
        table.put(key.get(0), key.get(1), key.get(2).intValue(), value);
      } else {
        String gone = model.get(key);
        if (gone != null) {
          model.remove(key);
          table.removeAll(gone);
        }
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
    model.forEach(
        (key, value) ->
            assertThat(table.get(key.get(0), key.get(1), key.get(2).intValue())).isEqualTo(value));
  }

  @Test
  void tellsAddressesApartByEachPart() {
    table.put(1, 2, 3, "it");
    assertThat(table.get(1, 2, 3)).isEqualTo("it");
    assertThat(table.get(0, 2, 3)).isNull();
    assertThat(table.get(1, 0, 3)).isNull();
    assertThat(table.get(1, 2, 0)).isNull();
  }
}
