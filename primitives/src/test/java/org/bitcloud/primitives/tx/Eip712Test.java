package org.bitcloud.primitives.tx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.bitcloud.primitives.abi.AbiParameter;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Signature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Eip712Test {
  private static final AbiType.Tuple PERSON =
      AbiType.tuple(
          "Person",
          AbiParameter.of("name", AbiType.string()),
          AbiParameter.of("wallet", AbiType.address()));
  private static final Eip712.StructType MAIL =
      new Eip712.StructType(
          "Mail",
          List.of(
              AbiParameter.of("from", PERSON),
              AbiParameter.of("to", PERSON),
              AbiParameter.of("contents", AbiType.string())));
  private static final AbiType.Tuple PRICE =
      AbiType.tuple(
          "Price",
          AbiParameter.of("perByte", AbiType.uint(128)),
          AbiParameter.of("memo", AbiType.string()));
  private static final Eip712.StructType OFFER =
      new Eip712.StructType(
          "Offer",
          List.of(
              AbiParameter.of("provider", AbiType.address()),
              AbiParameter.of("root", AbiType.bytes32()),
              AbiParameter.of("bytes", AbiType.uint64()),
              AbiParameter.of("open", AbiType.bool()),
              AbiParameter.of("blob", AbiType.bytes()),
              AbiParameter.of("price", PRICE),
              AbiParameter.of("tiers", AbiType.array(PRICE)),
              AbiParameter.of("days", AbiType.array(AbiType.uint16()))));

  /// The example of EIP-712, with the numbers of its JavaScript test.
  @Test
  void signsTheMailOfTheStandard() throws MalformedException {
    assertEquals(
        "Mail(Person from,Person to,string contents)Person(string name,address wallet)",
        MAIL.encodedType());
    assertEquals(
        "0xa0cedeb2dc280ba39b857546d74f5549c3a1d7bdc2dd96bf881f76108e23dac2",
        MAIL.typeHash().toHex());
    Eip712.Domain domain =
        Eip712.domain(
            "Ether Mail", "1", 1, Address.fromHex("0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"));
    assertEquals(
        "0xf2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f",
        domain.separator().toHex());
    Hash mail =
        MAIL.hash(
            List.of("Cow", Address.fromHex("0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826")),
            List.of("Bob", Address.fromHex("0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB")),
            "Hello, Bob!");
    assertEquals(
        "0xc52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e", mail.toHex());
    Hash digest = Eip712.digest(domain, mail);
    assertEquals(
        "0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2", digest.toHex());
    KeyPair cow = KeyPair.of(Keccak.hash(Bytes.ofUtf8("cow")).bytes());
    Signature signature = cow.sign(digest);
    assertEquals(28, 27 + signature.recoveryId());
    assertEquals(
        "0x4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d",
        signature.r().toHex());
    assertEquals(
        "0x07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b91562",
        signature.s().toHex());
  }

  static Stream<List<String>> vectors() {
    return Vectors.rows("ethers-typed-data.tsv").stream().map(List::of);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void hashesAsEthersDoes(List<String> row) throws MalformedException {
    JsonNode value = Vectors.parse(row.get(1));
    Hash structHash =
        OFFER.hash(
            address(value.get("provider")),
            Hash.fromHex(value.get("root").textValue()),
            Amount.of(new BigInteger(value.get("bytes").textValue())),
            value.get("open").booleanValue(),
            Bytes.fromHex(value.get("blob").textValue()),
            price(value.get("price")),
            list(value.get("tiers"), Eip712Test::price),
            list(value.get("days"), JsonNode::longValue));
    assertEquals(row.get(2), structHash.toHex());
    Eip712.Domain domain = domain(Vectors.parse(row.getFirst()));
    assertEquals(row.get(3), Eip712.digest(domain, structHash).toHex());
  }

  private static Eip712.Domain domain(JsonNode json) throws MalformedException {
    @Nullable Hash salt = json.has("salt") ? Hash.fromHex(json.get("salt").textValue()) : null;
    @Nullable String version = json.has("version") ? json.get("version").textValue() : null;
    return Eip712.domain(
        json.get("name").textValue(),
        version,
        Amount.of(json.get("chainId").longValue()),
        address(json.get("verifyingContract")),
        salt);
  }

  private static Address address(JsonNode json) throws MalformedException {
    return Address.fromHex(json.textValue());
  }

  private static List<Object> price(JsonNode json) {
    return List.of(
        Amount.of(new BigInteger(json.get("perByte").textValue())), json.get("memo").textValue());
  }

  private static List<Object> list(
      JsonNode json, java.util.function.Function<JsonNode, Object> element) {
    List<Object> list = new ArrayList<>();
    json.forEach(item -> list.add(element.apply(item)));
    return list;
  }

  @Test
  void refusesValuesThatDoNotFit() {
    assertThrows(IllegalArgumentException.class, () -> MAIL.hash("only one"));
    assertThrows(IllegalArgumentException.class, () -> MAIL.hash("no struct", "nor this", "text"));
    assertThrows(
        IllegalArgumentException.class,
        () -> MAIL.hash(List.of("Cow"), List.of("Bob"), "short structs"));
  }
}
