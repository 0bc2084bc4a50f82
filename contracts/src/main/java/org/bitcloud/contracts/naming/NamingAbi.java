package org.bitcloud.contracts.naming;

import java.util.List;
import org.bitcloud.contracts.AbiContract;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.abi.AbiError;
import org.bitcloud.primitives.abi.AbiEvent;
import org.bitcloud.primitives.abi.AbiFunction;
import org.bitcloud.primitives.abi.AbiFunction.Mutability;
import org.bitcloud.primitives.abi.AbiParameter;
import org.bitcloud.primitives.abi.AbiType;

/// The published interface of the Naming corporation.
///
/// Calls are encoded and decoded by [NamingCall], results by [NamingResults], events by
/// [NamingEvent].
public final class NamingAbi {
  /// Where the corporation lives: `0x…bc07`.
  public static final Address ADDRESS = address0xbc07();

  private static final AbiParameter LABEL = text("label");
  private static final AbiParameter ID = AbiParameter.indexed("id", AbiType.bytes32());

  static final AbiFunction COMMIT = act("commit", hash("commitment"));
  static final AbiFunction REVEAL =
      new AbiFunction(
          "reveal",
          List.of(LABEL, address("owner"), hash("secret"), u64("yearCount")),
          List.of(),
          Mutability.PAYABLE);
  static final AbiFunction RENEW =
      new AbiFunction("renew", List.of(LABEL, u64("yearCount")), List.of(), Mutability.PAYABLE);
  static final AbiFunction TRANSFER = act("transfer", LABEL, address("to"));
  static final AbiFunction SET_RECORD =
      act("setRecord", LABEL, text("key"), AbiParameter.of("value", AbiType.bytes()));

  static final AbiFunction RESOLVE =
      view("resolve", List.of(LABEL, text("key")), AbiParameter.of("", AbiType.bytes()));
  static final AbiFunction RECORDS =
      view("records", List.of(LABEL), AbiParameter.of("", AbiType.array(NameRecord.ABI)));
  static final AbiFunction STATUS =
      view("status", List.of(LABEL), AbiParameter.of("", NameStatus.ABI));
  static final AbiFunction PRICE =
      view("price", List.of(LABEL, u64("yearCount")), AbiParameter.of("", AbiType.uint256()));
  static final AbiFunction COMMITMENT =
      view(
          "commitmentHash",
          List.of(LABEL, address("owner"), hash("secret")),
          AbiParameter.of("", AbiType.bytes32()));
  static final AbiFunction COMMITTED =
      view(
          "committedMillis",
          List.of(address("sender"), hash("commitment")),
          AbiParameter.of("", AbiType.uint64()));
  static final AbiFunction TARIFF =
      view("tariff", List.of(), AbiParameter.of("", NamingResults.TARIFF_ABI));

  static final AbiEvent COMMITTED_TO =
      event(
          "Committed",
          AbiParameter.indexed("commitment", AbiType.bytes32()),
          AbiParameter.indexed("sender", AbiType.address()));
  static final AbiEvent REGISTERED =
      event(
          "NameRegistered",
          ID,
          AbiParameter.indexed("owner", AbiType.address()),
          LABEL,
          u64("expiresMillis"),
          AbiParameter.of("burned", AbiType.uint256()));
  static final AbiEvent RENEWED =
      event(
          "NameRenewed",
          ID,
          LABEL,
          u64("expiresMillis"),
          AbiParameter.of("burned", AbiType.uint256()));
  static final AbiEvent TRANSFERRED =
      event(
          "NameTransferred",
          ID,
          AbiParameter.indexed("from", AbiType.address()),
          AbiParameter.indexed("to", AbiType.address()),
          LABEL);
  static final AbiEvent RECORD_SET =
      event("RecordSet", ID, LABEL, text("key"), AbiParameter.of("value", AbiType.bytes()));

  /// Everything together.
  public static final AbiContract CONTRACT_ABI =
      new AbiContract(
          "Naming",
          List.of(
              COMMIT,
              REVEAL,
              RENEW,
              TRANSFER,
              SET_RECORD,
              RESOLVE,
              RECORDS,
              STATUS,
              PRICE,
              COMMITMENT,
              COMMITTED,
              TARIFF),
          List.of(COMMITTED_TO, REGISTERED, RENEWED, TRANSFERRED, RECORD_SET),
          List.of(AbiError.REASON));

  private NamingAbi() {}

  private static AbiParameter text(String name) {
    return AbiParameter.of(name, AbiType.string());
  }

  private static AbiParameter address(String name) {
    return AbiParameter.of(name, AbiType.address());
  }

  private static AbiParameter hash(String name) {
    return AbiParameter.of(name, AbiType.bytes32());
  }

  private static AbiParameter u64(String name) {
    return AbiParameter.of(name, AbiType.uint64());
  }

  private static AbiFunction act(String name, AbiParameter... inputs) {
    return new AbiFunction(name, List.of(inputs), List.of(), Mutability.NONPAYABLE);
  }

  private static AbiFunction view(String name, List<AbiParameter> inputs, AbiParameter output) {
    return new AbiFunction(name, inputs, List.of(output), Mutability.VIEW);
  }

  private static AbiEvent event(String name, AbiParameter... inputs) {
    return new AbiEvent(name, List.of(inputs));
  }

  private static Address address0xbc07() {
    byte[] address = new byte[Address.SIZE];
    address[Address.SIZE - 2] = (byte) 0xbc;
    address[Address.SIZE - 1] = 0x07;
    return new Address(Bytes.wrap(address));
  }
}
