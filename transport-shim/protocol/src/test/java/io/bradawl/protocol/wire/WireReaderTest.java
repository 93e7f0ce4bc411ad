package io.bradawl.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bradawl.protocol.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class WireReaderTest {

  @Test
  void readsInNetworkOrderWhateverTheBufferSays() throws WireFormatException {
    ByteBuffer source =
        ByteBuffer.wrap(new byte[] {9, -1, 1, 2, 0, 0, 0, 3}).order(ByteOrder.LITTLE_ENDIAN);
    source.position(1);
    WireReader reader = WireReader.over(source);

    assertThat(reader.u8("a")).isEqualTo(255);
    assertThat(reader.u16("b")).isEqualTo(0x0102);
    assertThat(reader.i32("c")).isEqualTo(3);
    reader.end("all");
    assertThat(source.position()).isEqualTo(1);
  }

  @Test
  void aPartCountsItsOffsetsFromTheWhole() throws WireFormatException {
    WireReader reader = WireReader.over(ByteBuffer.allocate(10));
    reader.skip("head", 4);
    WireReader part = reader.part("part", 3);
    part.u8("first");

    assertThat(part.offset()).isEqualTo(5);
    assertThat(reader.offset()).isEqualTo(7);
    assertThatThrownBy(() -> part.i32("second"))
        .hasMessage("second at offset 5: needs 4 octets, 2 are left");
  }

  @Test
  void lengthsAreCheckedBeforeAnythingIsAllocated() {
    WireReader reader = WireReader.over(ByteBuffer.allocate(3));

    assertThatThrownBy(() -> reader.octets("value", Integer.MAX_VALUE))
        .isInstanceOf(WireFormatException.class);
    assertThatThrownBy(() -> reader.rest("value", 2))
        .hasMessage("value at offset 0: has 3 octets, allowed are 2");
  }

  @Test
  void textIsStrictUtf8() {
    WireReader reader = WireReader.over(Octets.of((byte) 'a', (byte) 0xC0).asByteBuffer());

    assertThatThrownBy(() -> reader.text("name", 10)).hasMessage("name at offset 0: is not UTF-8");
  }
}
