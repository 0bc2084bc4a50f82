package org.bitcloud.contracts.storage;

import java.util.List;
import java.util.Optional;
import org.bitcloud.contracts.Log;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiEvent;

/// What a call of the Storage corporation changed; together they explain every coin.
public sealed interface StorageEvent {
  /// A provider posted what it offers.
  record PricesPosted(
      Address provider, Amount storage, Amount collateral, long freeSectors, long expiryHeight)
      implements StorageEvent {}

  /// A provider added `amount` to its funds, which are `funds` now.
  record Deposited(Address provider, Amount amount, Amount funds) implements StorageEvent {}

  /// A provider took `amount` out of its funds, which are `funds` now.
  record Withdrawn(Address provider, Amount amount, Amount funds) implements StorageEvent {}

  /// A contract was formed: `escrow` left the renter's account, `collateral` the provider's funds.
  record ContractFormed(
      Hash contractId,
      Address renter,
      Address provider,
      long maxSectors,
      Amount price,
      long startWindow,
      long endWindow,
      Amount escrow,
      Amount collateral)
      implements StorageEvent {}

  /// A contract holds something else from the next window on.
  record ContractRevised(
      Hash contractId, Address renter, Address provider, long revision, Hash root, long sectors)
      implements StorageEvent {}

  /// A renter ended its contract early; `fee` moved from the escrow to the provider's funds.
  record ContractEnding(Hash contractId, Address renter, Address provider, Amount fee)
      implements StorageEvent {}

  /// A contract is over: `refund` went to the renter's account, `collateralBack` to the provider's
  /// funds; `paid` is what its escrow paid in all its life.
  record ContractEnded(
      Hash contractId,
      Address renter,
      Address provider,
      EndReason reason,
      Amount refund,
      Amount collateralBack,
      Amount paid)
      implements StorageEvent {}

  /// A provider proved the draws in `mask` of the open window.
  record WindowProven(Address provider, long window, int mask, long proven)
      implements StorageEvent {}

  /// A closed window was settled. `gross` left the renters' escrows and `penalty` the collateral;
  /// `pay` went to the provider's funds, `reward` to the sender, `burned` to nobody: `gross +
  /// penalty = pay + burned + reward`.
  record Settled(
      Address provider,
      long window,
      long proven,
      Amount gross,
      Amount pay,
      Amount penalty,
      Amount burned,
      Amount reward)
      implements StorageEvent {}

  /// A provider missed too many windows: all its contracts are over, renters may claim `escrow`.
  record ProviderEnded(Address provider, long window, Amount escrow) implements StorageEvent {}

  /// The event as a log's topics and data.
  default AbiEvent.Encoded encode() {
    return switch (this) {
      case PricesPosted e ->
          StorageAbi.PRICES_POSTED.encode(
              e.provider, e.storage, e.collateral, e.freeSectors, e.expiryHeight);
      case Deposited e -> StorageAbi.DEPOSITED.encode(e.provider, e.amount, e.funds);
      case Withdrawn e -> StorageAbi.WITHDRAWN.encode(e.provider, e.amount, e.funds);
      case ContractFormed e ->
          StorageAbi.CONTRACT_FORMED.encode(
              e.contractId,
              e.renter,
              e.provider,
              e.maxSectors,
              e.price,
              e.startWindow,
              e.endWindow,
              e.escrow,
              e.collateral);
      case ContractRevised e ->
          StorageAbi.CONTRACT_REVISED.encode(
              e.contractId, e.renter, e.provider, e.revision, e.root, e.sectors);
      case ContractEnding e ->
          StorageAbi.CONTRACT_ENDING.encode(e.contractId, e.renter, e.provider, e.fee);
      case ContractEnded e ->
          StorageAbi.CONTRACT_ENDED.encode(
              e.contractId,
              e.renter,
              e.provider,
              e.reason.code(),
              e.refund,
              e.collateralBack,
              e.paid);
      case WindowProven e ->
          StorageAbi.WINDOW_PROVEN.encode(e.provider, e.window, e.mask, e.proven);
      case Settled e ->
          StorageAbi.SETTLED.encode(
              e.provider, e.window, e.proven, e.gross, e.pay, e.penalty, e.burned, e.reward);
      case ProviderEnded e -> StorageAbi.PROVIDER_ENDED.encode(e.provider, e.window, e.escrow);
    };
  }

  /// The event that a log tells; empty if another corporation emitted it, or another charter did.
  ///
  /// @throws MalformedException if the log has the event's name but not its form
  static Optional<StorageEvent> decode(Log log) throws MalformedException {
    if (!log.address().equals(StorageAbi.ADDRESS) || log.topics().isEmpty()) {
      return Optional.empty();
    }
    for (AbiEvent event : StorageAbi.CONTRACT_ABI.events()) {
      if (event.topic0().equals(log.topics().getFirst())) {
        return Optional.of(of(event, new Values(event.decode(log.topics(), log.data()))));
      }
    }
    return Optional.empty();
  }

  private static StorageEvent of(AbiEvent event, Values v) throws MalformedException {
    return switch (event.name()) {
      case "PricesPosted" ->
          new PricesPosted(v.address(0), v.amount(1), v.amount(2), v.number(3), v.number(4));
      case "Deposited" -> new Deposited(v.address(0), v.amount(1), v.amount(2));
      case "Withdrawn" -> new Withdrawn(v.address(0), v.amount(1), v.amount(2));
      case "ContractFormed" ->
          new ContractFormed(
              v.hash(0),
              v.address(1),
              v.address(2),
              v.number(3),
              v.amount(4),
              v.number(5),
              v.number(6),
              v.amount(7),
              v.amount(8));
      case "ContractRevised" ->
          new ContractRevised(
              v.hash(0), v.address(1), v.address(2), v.number(3), v.hash(4), v.number(5));
      case "ContractEnding" ->
          new ContractEnding(v.hash(0), v.address(1), v.address(2), v.amount(3));
      case "ContractEnded" ->
          new ContractEnded(
              v.hash(0),
              v.address(1),
              v.address(2),
              v.reason(3),
              v.amount(4),
              v.amount(5),
              v.amount(6));
      case "WindowProven" ->
          new WindowProven(v.address(0), v.number(1), (int) v.number(2), v.number(3));
      case "Settled" ->
          new Settled(
              v.address(0),
              v.number(1),
              v.number(2),
              v.amount(3),
              v.amount(4),
              v.amount(5),
              v.amount(6),
              v.amount(7));
      default -> new ProviderEnded(v.address(0), v.number(1), v.amount(2));
    };
  }

  /// Decoded values by their place, of the types that the event's definition promises.
  record Values(List<Object> list) {
    Address address(int index) {
      return (Address) list.get(index);
    }

    Amount amount(int index) {
      return (Amount) list.get(index);
    }

    Hash hash(int index) {
      return new Hash((Bytes) list.get(index));
    }

    long number(int index) throws MalformedException {
      if (!amount(index).fitsLong()) {
        throw new MalformedException("number is too large");
      }
      return amount(index).toLong();
    }

    EndReason reason(int index) throws MalformedException {
      return EndReason.of(number(index));
    }
  }
}
