package org.bitcloud.contracts.storage;

import static org.bitcloud.contracts.storage.Fields.address;
import static org.bitcloud.contracts.storage.Fields.bytes;
import static org.bitcloud.contracts.storage.Fields.hash;
import static org.bitcloud.contracts.storage.Fields.topic;
import static org.bitcloud.contracts.storage.Fields.typed;
import static org.bitcloud.contracts.storage.Fields.u128;
import static org.bitcloud.contracts.storage.Fields.u256;
import static org.bitcloud.contracts.storage.Fields.u64;

import java.util.List;
import org.bitcloud.contracts.AbiContract;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.abi.AbiError;
import org.bitcloud.primitives.abi.AbiEvent;
import org.bitcloud.primitives.abi.AbiFunction;
import org.bitcloud.primitives.abi.AbiFunction.Mutability;
import org.bitcloud.primitives.abi.AbiParameter;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.tx.Eip712;

/// The published interface of the Storage corporation.
///
/// Calls are encoded and decoded by [StorageCall], results by [StorageResults], events by
/// [StorageEvent].
public final class StorageAbi {
  /// Where the corporation lives: `0x…bc02`.
  public static final Address ADDRESS = address0xbc02();

  static final AbiFunction POST_PRICES =
      act(
          "postPrices",
          u128("storagePrice"),
          u128("ingress"),
          u128("egress"),
          u128("collateral"),
          u64("shortestWindows"),
          u64("longestWindows"),
          u64("capacitySectors"),
          u64("freeSectors"),
          bytes("endpoint"),
          bytes("peerId"),
          u64("expiryHeight"));
  static final AbiFunction DEPOSIT =
      new AbiFunction("deposit", List.of(), List.of(), Mutability.PAYABLE);
  static final AbiFunction WITHDRAW = act("withdraw", u256("amount"));
  static final AbiFunction FORM =
      new AbiFunction(
          "form",
          List.of(
              typed("terms", StorageTerms.ABI),
              bytes("renterSignature"),
              bytes("providerSignature")),
          List.of(hash("contractId")),
          Mutability.PAYABLE);
  static final AbiFunction REVISE =
      act(
          "revise",
          typed("revision", StorageRevision.ABI),
          bytes("renterSignature"),
          bytes("providerSignature"));
  static final AbiFunction PROVE = act("prove", u64("window"), bytes("proof"));
  static final AbiFunction SETTLE = act("settle", address("provider"));
  static final AbiFunction END = act("end", hash("contractId"));

  static final AbiFunction WINDOW = view("window", List.of(), typed("", WindowStatus.ABI));
  static final AbiFunction WINDOW_AT =
      view("windowAt", List.of(u64("index")), typed("", WindowStatus.ABI));
  static final AbiFunction PROVIDERS =
      view(
          "providers",
          List.of(u64("offset"), u64("limit")),
          u64("count"),
          typed("page", AbiType.array(AbiType.address())));
  static final AbiFunction PRICE_LIST =
      view("priceList", List.of(address("provider")), typed("", PriceList.ABI));
  static final AbiFunction PROVIDER =
      view("provider", List.of(address("provider")), typed("", ProviderStatus.ABI));
  static final AbiFunction CONTRACT =
      view("contractById", List.of(hash("contractId")), typed("", ContractStatus.ABI));
  static final AbiFunction CONTRACTS_OF =
      view(
          "contractsOf",
          List.of(address("party"), u64("offset"), u64("limit")),
          u64("count"),
          typed("page", AbiType.array(AbiType.bytes32())));
  static final AbiFunction CHALLENGE =
      view("challenge", List.of(address("provider")), typed("", Challenge.ABI));
  static final AbiFunction TARIFF = view("tariff", List.of(), typed("", StorageResults.TARIFF_ABI));
  static final AbiFunction GENESIS_HASH = view("genesisHash", List.of(), hash(""));
  static final AbiFunction TERMS_DIGEST =
      view("termsDigest", List.of(typed("terms", StorageTerms.ABI)), hash(""));
  static final AbiFunction REVISION_DIGEST =
      view("revisionDigest", List.of(typed("revision", StorageRevision.ABI)), hash(""));

  static final AbiEvent PRICES_POSTED =
      event(
          "PricesPosted",
          topic(address("provider")),
          u128("storagePrice"),
          u128("collateral"),
          u64("freeSectors"),
          u64("expiryHeight"));
  static final AbiEvent DEPOSITED =
      event("Deposited", topic(address("provider")), u256("amount"), u256("funds"));
  static final AbiEvent WITHDRAWN =
      event("Withdrawn", topic(address("provider")), u256("amount"), u256("funds"));
  static final AbiEvent CONTRACT_FORMED =
      event(
          "ContractFormed",
          topic(hash("contractId")),
          topic(address("renter")),
          topic(address("provider")),
          u64("maxSectors"),
          u256("price"),
          u64("startWindow"),
          u64("endWindow"),
          u256("escrow"),
          u256("collateral"));
  static final AbiEvent CONTRACT_REVISED =
      event(
          "ContractRevised",
          topic(hash("contractId")),
          topic(address("renter")),
          topic(address("provider")),
          u64("revision"),
          hash("root"),
          u64("sectors"));
  static final AbiEvent CONTRACT_ENDING =
      event(
          "ContractEnding",
          topic(hash("contractId")),
          topic(address("renter")),
          topic(address("provider")),
          u256("fee"));
  static final AbiEvent CONTRACT_ENDED =
      event(
          "ContractEnded",
          topic(hash("contractId")),
          topic(address("renter")),
          topic(address("provider")),
          typed("reason", AbiType.uint8()),
          u256("refund"),
          u256("collateralBack"),
          u256("paid"));
  static final AbiEvent WINDOW_PROVEN =
      event(
          "WindowProven",
          topic(address("provider")),
          topic(u64("window")),
          typed("mask", AbiType.uint32()),
          u64("proven"));
  static final AbiEvent SETTLED =
      event(
          "Settled",
          topic(address("provider")),
          topic(u64("window")),
          u64("proven"),
          u256("gross"),
          u256("pay"),
          u256("penalty"),
          u256("burned"),
          u256("reward"));
  static final AbiEvent PROVIDER_ENDED =
      event("ProviderEnded", topic(address("provider")), topic(u64("window")), u256("escrow"));

  /// Everything together.
  public static final AbiContract CONTRACT_ABI =
      new AbiContract(
          "Storage",
          List.of(
              POST_PRICES,
              DEPOSIT,
              WITHDRAW,
              FORM,
              REVISE,
              PROVE,
              SETTLE,
              END,
              WINDOW,
              WINDOW_AT,
              PROVIDERS,
              PRICE_LIST,
              PROVIDER,
              CONTRACT,
              CONTRACTS_OF,
              CHALLENGE,
              TARIFF,
              GENESIS_HASH,
              TERMS_DIGEST,
              REVISION_DIGEST),
          List.of(
              PRICES_POSTED,
              DEPOSITED,
              WITHDRAWN,
              CONTRACT_FORMED,
              CONTRACT_REVISED,
              CONTRACT_ENDING,
              CONTRACT_ENDED,
              WINDOW_PROVEN,
              SETTLED,
              PROVIDER_ENDED),
          List.of(AbiError.REASON));

  private StorageAbi() {}

  /// What signatures are bound to: `Bitcloud Storage`, version 1, this chain, this corporation, and
  /// as salt the genesis hash.
  public static Eip712.Domain domain(long chainId, Hash genesisHash) {
    return Eip712.domain("Bitcloud Storage", "1", Amount.of(chainId), ADDRESS, genesisHash);
  }

  private static AbiFunction act(String name, AbiParameter... inputs) {
    return new AbiFunction(name, List.of(inputs), List.of(), Mutability.NONPAYABLE);
  }

  private static AbiFunction view(String name, List<AbiParameter> inputs, AbiParameter... outputs) {
    return new AbiFunction(name, inputs, List.of(outputs), Mutability.VIEW);
  }

  private static AbiEvent event(String name, AbiParameter... inputs) {
    return new AbiEvent(name, List.of(inputs));
  }

  private static Address address0xbc02() {
    byte[] address = new byte[Address.SIZE];
    address[Address.SIZE - 2] = (byte) 0xbc;
    address[Address.SIZE - 1] = 0x02;
    return new Address(Bytes.wrap(address));
  }
}
