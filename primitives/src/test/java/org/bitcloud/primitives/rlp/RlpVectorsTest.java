package org.bitcloud.primitives.rlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The RLP tests of the ethereum/tests collection.
final class RlpVectorsTest {
  static Stream<Arguments> valid() {
    return Vectors.json("ethereum-rlp.json").properties().stream()
        .map(
            entry ->
                Arguments.of(
                    entry.getKey(),
                    entry.getValue().get("in"),
                    entry.getValue().get("out").textValue()));
  }

  static Stream<Arguments> invalid() {
    return Vectors.rows("ethereum-rlp-invalid.tsv").stream()
        .map(row -> Arguments.of(row[0], row[1]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("valid")
  void writesAndReads(String name, JsonNode value, String encoded) throws MalformedException {
    assertEquals(encoded, RlpWriter.encode(writer -> write(writer, value)).toHex());
    RlpReader reader = RlpReader.of(Bytes.fromHex(encoded));
    read(reader, value);
    reader.end();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void refuses(String name, String encoded) {
    assertThrows(
        MalformedException.class,
        () -> {
          RlpReader reader = RlpReader.of(Bytes.fromHex(encoded));
          RlpAnything.read(reader);
          reader.end();
        });
  }

  private static void write(RlpWriter writer, JsonNode value) {
    if (value.isArray()) {
      writer.beginList();
      value.forEach(element -> write(writer, element));
      writer.endList();
    } else if (value.isTextual() && value.textValue().startsWith("#")) {
      BigInteger number = new BigInteger(value.textValue().substring(1));
      // Some are larger than any amount, and are byte strings to us.
      writer.bytes(Bytes.wrap(number.toByteArray()));
    } else if (value.isTextual()) {
      writer.text(value.textValue());
    } else {
      writer.number(value.longValue());
    }
  }

  private static void read(RlpReader reader, JsonNode value) throws MalformedException {
    if (value.isArray()) {
      reader.enterList();
      for (JsonNode element : value) {
        read(reader, element);
      }
      reader.leaveList();
    } else if (value.isTextual() && value.textValue().startsWith("#")) {
      BigInteger number = new BigInteger(value.textValue().substring(1));
      if (number.bitLength() <= 256) {
        assertEquals(Amount.of(number), reader.readAmount());
      } else {
        assertEquals(number, new BigInteger(1, reader.readBytes(100).toArray()));
      }
    } else if (value.isTextual()) {
      assertEquals(value.textValue(), reader.readText(5000));
    } else {
      assertEquals(value.longValue(), reader.readNumber());
    }
  }
}
