package org.bitcloud.primitives.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;

/// The ABI coder against ethers (nested types) and web3j (random values).
final class AbiVectorsTest {
  static Stream<List<String>> vectors() {
    return Vectors.rows("ethers-abi.tsv").stream().map(List::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void encodesAndDecodesAsEthersDoes(List<String> row) throws MalformedException {
    List<AbiParameter> parameters = AbiTypes.parameters(row.getFirst());
    assertEquals(row.getFirst(), AbiType.canonical(parameters));
    List<Object> values = AbiTypes.values(parameters, Vectors.parse(row.get(1)));
    assertEquals(row.get(2), AbiCodec.encode(parameters, values).toHex());
    assertEquals(values, AbiCodec.decode(parameters, Bytes.fromHex(row.get(2))));
  }

  @Test
  @SuppressWarnings("rawtypes") // as web3j has it
  void encodesRandomValuesAsWeb3jDoes() {
    Property.named("web3j abi")
        .runs(150)
        .check(
            choices -> {
              Amount big = Amount.ofBytes(Bytes.wrap(choices.bytesUpTo(32)));
              long small = choices.longBetween(0, Long.MAX_VALUE);
              Address address = Address.of(choices.bytes(20));
              boolean flag = choices.flip();
              Bytes word = Bytes.wrap(choices.bytes(32));
              Bytes data = Bytes.wrap(choices.bytesUpTo(80));
              String text = choices.pick(List.of("", "abc", "Zürich", "z".repeat(33)));
              List<Amount> list =
                  choices.listUpTo(4, c -> Amount.ofBytes(Bytes.wrap(c.bytesUpTo(32))));
              List<Type> theirs =
                  List.of(
                      new Uint256(big.drops()),
                      new Utf8String(text),
                      new StaticStruct(new Uint64(small), new Bool(flag)),
                      new DynamicArray<>(
                          Uint256.class, list.stream().map(a -> new Uint256(a.drops())).toList()),
                      new DynamicStruct(
                          new DynamicBytes(data.toArray()), new Bytes32(word.toArray())),
                      new org.web3j.abi.datatypes.Address(address.toHex()));
              Bytes ours =
                  AbiWriter.encode(
                      w ->
                          w.uint(big)
                              .text(text)
                              .tuple(t -> t.uint(small).bool(flag))
                              .array(list, AbiWriter::uint)
                              .tuple(t -> t.bytes(data).bytesN(word))
                              .address(address));
              assertEquals("0x" + FunctionEncoder.encodeConstructor(theirs), ours.toHex());
              AbiReader reader = AbiReader.of(ours);
              assertEquals(big, reader.uint());
              assertEquals(text, reader.text(100));
              assertEquals(small, (long) reader.tuple(AbiReader::uint64));
              assertEquals(flag, reader.bool());
              assertEquals(list, reader.array(4, AbiReader::uint));
              assertEquals(
                  List.of(data, word),
                  reader.dynamicTuple(t -> List.of(t.bytes(80), t.bytesN(32))));
              assertEquals(address, reader.address());
              reader.end();
            });
  }
}
