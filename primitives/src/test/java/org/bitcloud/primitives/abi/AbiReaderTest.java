package org.bitcloud.primitives.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

final class AbiReaderTest {
  private static final String ZERO = "00".repeat(32);

  private static Bytes words(String... words) {
    StringBuilder hex = new StringBuilder();
    for (String word : words) {
      hex.append("0".repeat(64 - word.length())).append(word);
    }
    return Vectors.hex(hex.toString());
  }

  private static <T> void refused(Bytes input, AbiReader.ElementReader<T> body) {
    assertThrows(MalformedException.class, () -> AbiReader.decode(input, body));
  }

  @Test
  void acceptsOnlyTheEncodingItWouldWrite() {
    Property.named("abi is canonical")
        .runs(3000)
        .check(
            choices -> {
              List<AbiParameter> parameters = AbiTypes.chooseParameters(choices, 3);
              List<Object> values = AbiTypes.chooseValues(choices, parameters);
              Bytes encoded = AbiCodec.encode(parameters, values);
              assertEquals(values, AbiCodec.decode(parameters, encoded));
              byte[] bytes = encoded.toArray();
              bytes[choices.below(bytes.length)] ^= (byte) (1 << choices.below(8));
              List<Object> read;
              try {
                read = AbiCodec.decode(parameters, Bytes.of(bytes));
              } catch (MalformedException e) {
                return;
              }
              assertEquals(Bytes.of(bytes), AbiCodec.encode(parameters, read));
            });
  }

  @Test
  void refusesDirtyPadding() {
    refused(words("01" + ZERO.substring(0, 40)), AbiReader::address);
    refused(words("2"), AbiReader::bool);
    refused(words("100"), AbiReader::uint8);
    refused(words("10000"), AbiReader::uint16);
    refused(words("100000000"), AbiReader::uint32);
    refused(words("8000000000000000"), AbiReader::uint64);
    refused(words("1" + "0".repeat(32)), reader -> reader.uintBits(128));
    refused(words("1"), reader -> reader.bytesN(4));
    refused(words("20", "1", "ff"), reader -> reader.bytes(10));
    refused(words("20", "1", "c3" + "0".repeat(62)), reader -> reader.text(10));
  }

  @Test
  void refusesLayoutsOtherThanTheCanonicalOne() {
    AbiReader.ElementReader<List<Bytes>> two = r -> List.of(r.bytes(99), r.bytes(99));
    assertEquals(2, assertDoesNotThrowDecode(words("40", "60", "0", "0"), two).size());
    refused(words("60", "40", "0", "0"), two);
    refused(words("40", "40", "0"), two);
    refused(words("60", "80", "0", "0", "0"), two);
    refused(words("40", "80", "0", "0", "0"), two);
    refused(words("40", "60", "0", "0", "0"), two);
    refused(words("20", "40", "0"), two);
    refused(words("40", "60", "0"), two);
    refused(words("40", "ffffffffffffffff", "0", "0"), two);
    refused(words("7fffffffffffffff", "60", "0", "0"), two);
    refused(words("0", "0"), two);
    refused(words("1", "2"), AbiReader::uint);
    refused(Bytes.concat(words("1"), Bytes.of((byte) 0)), AbiReader::uint);
    refused(Bytes.EMPTY, AbiReader::uint);
    refused(Bytes.wrap(new byte[31]), AbiReader::uint);
  }

  private static <T> T assertDoesNotThrowDecode(Bytes input, AbiReader.ElementReader<T> body) {
    try {
      return AbiReader.decode(input, body);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void boundsLengthsBeforeItAllocates() {
    refused(words("20", "7fffffff"), reader -> reader.bytes(Integer.MAX_VALUE));
    refused(words("20", "7fffffff"), reader -> reader.array(Integer.MAX_VALUE, AbiReader::uint));
    refused(words("20", "2", "1", "1"), reader -> reader.array(1, AbiReader::uint));
    refused(words("20", "21"), reader -> reader.bytes(32));
  }

  @Test
  void boundsNesting() {
    AbiType type = AbiType.uint8();
    Object value = Amount.ONE;
    for (int i = 0; i < 17; i++) {
      type = AbiType.array(type);
      value = List.of(value);
    }
    List<AbiParameter> parameters = List.of(AbiParameter.of("deep", type));
    Bytes encoded = AbiCodec.encode(parameters, List.of(value));
    assertThrows(MalformedException.class, () -> AbiCodec.decode(parameters, encoded));
  }

  @Test
  void readsTypedValuesInSequence() throws MalformedException {
    Address address = Address.of(Vectors.hex("11".repeat(20)).toArray());
    Hash hash = Hash.wrap(Vectors.hex("22".repeat(32)).toArray());
    Bytes encoded =
        AbiWriter.encode(
            w ->
                w.uint(7)
                    .uint(300)
                    .uint(70_000)
                    .uint(Amount.MAX)
                    .address(address)
                    .hash(hash)
                    .array(List.of(hash, hash), AbiWriter::hash)
                    .array(List.of("a", "b"), AbiWriter::text));
    AbiReader reader = AbiReader.of(encoded);
    assertEquals(7, reader.uint8());
    assertEquals(300, reader.uint16());
    assertEquals(70_000, reader.uint32());
    assertEquals(Amount.MAX, reader.uintBits(256));
    assertEquals(address, reader.address());
    assertEquals(hash, reader.hash());
    assertEquals(List.of(hash, hash), reader.array(2, AbiReader::hash));
    assertEquals(List.of("a", "b"), reader.array(2, element -> element.text(1)));
    reader.end();
  }

  @Test
  void writerRefusesWhatNoTypeHolds() {
    assertThrows(IllegalArgumentException.class, () -> new AbiWriter().uint(-1));
    assertThrows(IllegalArgumentException.class, () -> new AbiWriter().bytesN(Bytes.EMPTY));
    assertThrows(
        IllegalArgumentException.class, () -> new AbiWriter().bytesN(Bytes.wrap(new byte[33])));
  }
}
