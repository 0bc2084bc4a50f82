package org.bitcloud.primitives.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.testkit.Golden;
import org.junit.jupiter.api.Test;

final class AbiDeclarationsTest {
  private static final AbiFunction TRANSFER =
      new AbiFunction(
          "transfer",
          List.of(
              AbiParameter.of("to", AbiType.address()),
              AbiParameter.of("amount", AbiType.uint256())),
          List.of(AbiParameter.of("", AbiType.bool())),
          AbiFunction.Mutability.NONPAYABLE);
  private static final AbiType.Tuple OFFER =
      AbiType.tuple(
          "Offer",
          AbiParameter.of("endpoint", AbiType.string()),
          AbiParameter.of("price", AbiType.uint(128)));
  private static final AbiFunction ANNOUNCE =
      new AbiFunction(
          "announce",
          List.of(
              AbiParameter.of("offers", AbiType.array(OFFER)),
              AbiParameter.of("signature", AbiType.bytes())),
          List.of(),
          AbiFunction.Mutability.PAYABLE);
  private static final AbiFunction LIST =
      new AbiFunction(
          "offers",
          List.of(AbiParameter.of("from", AbiType.uint64())),
          List.of(AbiParameter.of("page", AbiType.array(OFFER))),
          AbiFunction.Mutability.VIEW);
  private static final AbiEvent TRANSFERRED =
      new AbiEvent(
          "Transfer",
          List.of(
              AbiParameter.indexed("from", AbiType.address()),
              AbiParameter.indexed("to", AbiType.address()),
              AbiParameter.of("value", AbiType.uint256())));
  private static final AbiEvent NAMED =
      new AbiEvent(
          "Named",
          List.of(
              AbiParameter.indexed("name", AbiType.string()),
              AbiParameter.of("offer", OFFER),
              AbiParameter.indexed("label", AbiType.bytes())));
  private static final AbiError BROKE =
      new AbiError("Broke", List.of(AbiParameter.of("missing", AbiType.uint256())));
  private static final Address ADDRESS = Address.of(new byte[20]);

  @Test
  void haveTheSelectorsOfEthereum() {
    assertEquals("transfer(address,uint256)", TRANSFER.signature());
    assertEquals("0xa9059cbb", TRANSFER.selector().toHex());
    assertEquals("announce((string,uint128)[],bytes)", ANNOUNCE.signature());
    assertEquals("0x08c379a0", AbiError.REASON.selector().toHex());
    assertEquals(
        "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
        TRANSFERRED.topic0().toHex());
  }

  @Test
  void codeCallsAndResults() throws MalformedException {
    Bytes call = TRANSFER.callWith(ADDRESS, 5);
    assertEquals(TRANSFER.call(w -> w.address(ADDRESS).uint(5)), call);
    assertEquals(List.of(ADDRESS, Amount.of(5)), TRANSFER.decodeInput(call));
    assertThrows(MalformedException.class, () -> ANNOUNCE.decodeInput(call));
    assertThrows(MalformedException.class, () -> TRANSFER.decodeInput(call.slice(0, 3)));
    assertEquals(List.of(true), TRANSFER.decodeOutput(TRANSFER.encodeOutput(true)));
    assertThrows(IllegalArgumentException.class, () -> TRANSFER.callWith(ADDRESS));
    assertThrows(IllegalArgumentException.class, () -> TRANSFER.callWith(5, ADDRESS));
  }

  @Test
  void codeRevertReasonsAsWalletsReadThem() throws MalformedException {
    Bytes reason = AbiError.REASON.encode("ST-01: no funds");
    assertEquals(
        "0x08c379a0"
            + "0000000000000000000000000000000000000000000000000000000000000020"
            + "000000000000000000000000000000000000000000000000000000000000000f"
            + "53542d30313a206e6f2066756e64730000000000000000000000000000000000",
        reason.toHex());
    assertEquals(List.of("ST-01: no funds"), AbiError.REASON.decode(reason));
    assertThrows(MalformedException.class, () -> BROKE.decode(reason));
  }

  @Test
  void codeEventsIntoTopicsAndData() throws MalformedException {
    AbiEvent.Encoded log = TRANSFERRED.encode(ADDRESS, ADDRESS, 9L);
    assertEquals(3, log.topics().size());
    assertEquals(Hash.ZERO, log.topics().get(1));
    assertEquals(Amount.of(9).toBytes32(), log.data());
    assertEquals(
        List.of(ADDRESS, ADDRESS, Amount.of(9)), TRANSFERRED.decode(log.topics(), log.data()));
    AbiEvent.Encoded named = NAMED.encode("cloud", List.of("host:1", 7), Vectors.hex("c0ffee"));
    assertEquals(
        List.of(
            Keccak.hash(Bytes.ofUtf8("cloud")),
            List.of("host:1", Amount.of(7)),
            Keccak.hash(Vectors.hex("c0ffee"))),
        NAMED.decode(named.topics(), named.data()));
    assertThrows(MalformedException.class, () -> NAMED.decode(log.topics(), log.data()));
    assertThrows(
        MalformedException.class,
        () -> TRANSFERRED.decode(log.topics(), Bytes.concat(log.data(), log.data())));
    assertThrows(IllegalArgumentException.class, () -> TRANSFERRED.encode(ADDRESS));
  }

  @Test
  void refuseTypesThatDoNotExist() {
    assertThrows(IllegalArgumentException.class, () -> AbiType.uint(7));
    assertThrows(IllegalArgumentException.class, () -> AbiType.uint(264));
    assertThrows(IllegalArgumentException.class, () -> AbiType.bytesN(33));
    assertThrows(IllegalArgumentException.class, () -> AbiType.tuple("Empty"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new AbiEvent("Bad", List.of(AbiParameter.indexed("offer", OFFER))));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new AbiFunction(
                    "narrow",
                    List.of(AbiParameter.of("small", AbiType.uint8())),
                    List.of(),
                    AbiFunction.Mutability.PURE)
                .callWith(256));
  }

  @Test
  void areWrittenAsJsonAndSolidity() {
    List<AbiFunction> functions = List.of(TRANSFER, ANNOUNCE, LIST);
    List<AbiEvent> events = List.of(TRANSFERRED, NAMED);
    List<AbiError> errors = List.of(AbiError.REASON, BROKE);
    String json = AbiJson.json(functions, events, errors);
    JsonNode parsed = Vectors.parse(json);
    assertEquals(7, parsed.size());
    JsonNode offers = parsed.get(1).get("inputs").get(0);
    assertEquals("tuple[]", offers.get("type").textValue());
    assertEquals("struct Offer[]", offers.get("internalType").textValue());
    assertEquals("uint128", offers.get("components").get(1).get("type").textValue());
    Golden.resource("vectors/sample-abi.json").matches(json);
    Golden.resource("vectors/Sample.sol")
        .matches(AbiJson.solidity("Sample", functions, events, errors));
  }
}
