package io.bradawl.rendezvous.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonWriterTest {

  @Test
  void writesObjectsAndArrays() {
    JsonWriter json = new JsonWriter();
    json.object().put("a", 1).putUnlessNull("b", null).name("c").array().value(2L).value("x");
    json.object().endObject().endArray().put("d", true).put("e", null).endObject();
    assertThat(json).hasToString("{\"a\":1,\"c\":[2,\"x\",{}],\"d\":true,\"e\":null}");
  }

  @Test
  void nothingInAValueCanEndIt() {
    assertThat(new JsonWriter().value("\"\\\n\u0000\u007f\u2028</script>&\ud800é"))
        .hasToString(
            "\"\\\"\\\\\\u000a\\u0000\\u007f\\u2028\\u003c/script\\u003e\\u0026\\ud800\\u00e9\"");
  }
}
