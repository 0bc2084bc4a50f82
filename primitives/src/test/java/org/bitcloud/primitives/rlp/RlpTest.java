package org.bitcloud.primitives.rlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RlpTest {
  @Test
  void readsWhatItWrote() {
    Property.named("rlp round trip")
        .runs(400)
        .check(
            choices -> {
              Object item = RlpAnything.choose(choices, 5);
              Bytes encoded = RlpWriter.encode(writer -> RlpAnything.write(writer, item));
              RlpReader reader = RlpReader.of(encoded);
              assertEquals(item, RlpAnything.read(reader));
              reader.end();
              assertEquals(encoded, RlpReader.of(encoded).rawNext());
              assertEquals(encoded, RlpWriter.encode(writer -> writer.raw(encoded)));
            });
  }

  @Test
  void acceptsOnlyTheEncodingItWouldWrite() {
    Property.named("rlp is canonical")
        .runs(3000)
        .check(
            choices -> {
              Object item = RlpAnything.choose(choices, 3);
              byte[] bytes = RlpWriter.encode(writer -> RlpAnything.write(writer, item)).toArray();
              int flips = choices.between(1, 3);
              for (int i = 0; i < flips && bytes.length > 0; i++) {
                int at = choices.oneIn(2) ? 0 : choices.below(bytes.length);
                bytes[at] = (byte) choices.below(256);
              }
              Bytes mutated = Bytes.wrap(bytes);
              Object read;
              try {
                RlpReader reader = RlpReader.of(mutated);
                read = RlpAnything.read(reader);
                reader.end();
              } catch (MalformedException e) {
                return;
              }
              assertEquals(mutated, RlpWriter.encode(writer -> RlpAnything.write(writer, read)));
            });
  }

  @Test
  void carriesEveryValueType() throws MalformedException {
    Address address = Address.fromHex("0xde709f2102306220921060314715629080e2fb77");
    Hash hash = Hash.wrap(new byte[32]);
    Bytes encoded =
        RlpWriter.encode(
            w -> {
              w.beginList().number(0).number(127).number(128).number(Long.MAX_VALUE);
              w.amount(Amount.ZERO).amount(Amount.MAX).hash(hash).address(address);
              w.bytes(Bytes.EMPTY).text("Wolke").beginList().endList().number(5).endList();
            });
    RlpReader reader = RlpReader.of(encoded);
    reader.enterList();
    assertEquals(0, reader.readNumber());
    assertEquals(127, reader.readNumber());
    assertEquals(128, reader.readNumber());
    assertEquals(Long.MAX_VALUE, reader.readNumber());
    assertEquals(Amount.ZERO, reader.readAmount());
    assertEquals(Amount.MAX, reader.readAmount());
    assertEquals(hash, reader.readHash());
    assertEquals(Optional.of(address), reader.readOptionalAddress());
    assertEquals(Optional.empty(), reader.readOptionalAddress());
    assertEquals("Wolke", reader.readText(5));
    assertTrue(reader.isListNext());
    reader.enterList();
    assertFalse(reader.hasNext());
    reader.leaveList();
    assertEquals(Amount.of(5).toBytes32(), reader.readWord());
    reader.leaveList();
    reader.end();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"00", "820000", "8200ff", "88ffffffffffffffff", "89010000000000000000", "c0"})
  void refusesNumbersThatAreNotCanonicalOrTooLarge(String encoded) {
    assertThrows(MalformedException.class, () -> RlpReader.of(Vectors.hex(encoded)).readNumber());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "81",
        "8100",
        "817f",
        "b800",
        "b837",
        "b90001",
        "bf",
        "bfffffffffffffffff",
        "f800",
        "ff7fffffffffffffff",
        "b8",
        "b80000"
      })
  void refusesByteStringsWithWrongHeaders(String encoded) {
    assertThrows(MalformedException.class, () -> RlpReader.of(Vectors.hex(encoded)).readBytes(100));
  }

  @Test
  void boundsDepthSizeAndText() throws MalformedException {
    RlpWriter writer = new RlpWriter();
    for (int i = 0; i < 33; i++) {
      writer.beginList();
    }
    for (int i = 0; i < 33; i++) {
      writer.endList();
    }
    Bytes deep = writer.toBytes();
    assertThrows(MalformedException.class, () -> RlpAnything.read(RlpReader.of(deep)));
    assertThrows(MalformedException.class, () -> RlpReader.of(deep, new RlpReader.Limits(10, 40)));
    RlpAnything.read(RlpReader.of(deep, new RlpReader.Limits(200, 40)));
    assertThrows(MalformedException.class, () -> RlpReader.of(Vectors.hex("82c328")).readText(9));
    assertThrows(MalformedException.class, () -> RlpReader.of(Vectors.hex("820101")).readBytes(1));
    assertThrows(MalformedException.class, () -> RlpReader.of(Vectors.hex("820101")).readExact(3));
  }

  @Test
  void refusesWhatIsLeftOver() throws MalformedException {
    RlpReader reader = RlpReader.of(Vectors.hex("c2010201"));
    reader.enterList();
    assertEquals(1, reader.readNumber());
    assertThrows(MalformedException.class, reader::leaveList);
    assertEquals(2, reader.readNumber());
    assertThrows(MalformedException.class, reader::readNumber);
    reader.leaveList();
    assertThrows(MalformedException.class, reader::end);
  }

  @Test
  void refusesMisuse() {
    assertThrows(IllegalStateException.class, () -> new RlpWriter().endList());
    assertThrows(IllegalStateException.class, () -> new RlpWriter().beginList().toBytes());
    assertThrows(IllegalArgumentException.class, () -> new RlpWriter().number(-1));
    assertThrows(IllegalStateException.class, () -> RlpReader.of(Vectors.hex("c0")).leaveList());
  }
}
