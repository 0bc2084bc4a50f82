package org.bitcloud.contracts.storage;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.contracts.storage.ContractStatus.Content;
import org.bitcloud.primitives.Amount;

/// Keeps one provider's contracts in step with its own books: what escrows paid, what is due, what
/// ends when.
final class ContractBooks {
  private final Session session;
  private final Entries entries;
  private final ProviderState provider;
  private final DueTree tree;

  ContractBooks(Session session, ProviderState provider) {
    this.session = session;
    this.entries = session.entries();
    this.provider = provider;
    this.tree = new DueTree(entries, provider);
  }

  /// Takes from the escrow what settled windows cost.
  ///
  /// Settling a window only adds its proven leaves to what the provider accumulated; each contract
  /// pays its share of that when it is touched. Shares are whole, since prices are multiples of 20.
  ///
  /// @param accumulated proven leaves of the provider in all settled windows
  /// @param unsettledFrom the first window that is not settled
  void charge(Agreement agreement, ContractState contract, long accumulated, long unsettledFrom) {
    if (contract.nextFrom > 0 && contract.nextFrom <= unsettledFrom) {
      long atChange = entries.checkpoint(provider.address, contract.nextFrom - 1);
      pay(agreement, contract, atChange);
      contract.content = contract.next;
      contract.nextFrom = 0;
    }
    pay(agreement, contract, accumulated);
  }

  private static void pay(Agreement agreement, ContractState contract, long accumulated) {
    long leaves = accumulated - contract.checkpoint;
    contract.checkpoint = accumulated;
    if (contract.content.sectors() > 0) {
      Amount cost =
          agreement
              .due(contract.content.sectors())
              .times(leaves)
              .dividedBy(StorageParameters.DRAWS);
      contract.escrow = contract.escrow.minus(cost);
      contract.paid = contract.paid.plus(cost);
      contract.provenLeaves += leaves;
    }
  }

  /// Changes what a charged contract holds from the next window on.
  void change(Agreement agreement, ContractState contract, Content content) {
    long window = session.clock().index();
    Amount before = agreement.due(contract.latest().sectors());
    Amount after = agreement.due(content.sectors());
    contract.next = content;
    contract.nextFrom = window + 1;
    provider.checkpointWanted = window + 1;
    if (!before.equals(after)) {
      tree.change(agreement.place().slot(), window + 1, before, after);
    }
  }

  /// Ends a charged contract and gives both sides their rest.
  ///
  /// @param from the first window that it does not pay for; not settled yet
  void close(Agreement agreement, ContractState contract, EndReason reason, long from) {
    Amount refund = contract.escrow;
    Amount back = contract.collateral;
    Amount due = agreement.due(contract.latest().sectors());
    if (!due.isZero()) {
      tree.change(agreement.place().slot(), from, due, Amount.ZERO);
    }
    entries.freeSlot(provider, agreement.place().slot());
    provider.active--;
    provider.escrow = provider.escrow.minus(refund);
    provider.locked = provider.locked.minus(back);
    provider.funds = provider.funds.plus(back);
    finish(agreement, contract, reason, back);
  }

  /// Gives the renter of an abandoned contract its rest; it must be charged.
  void claim(Agreement agreement, ContractState contract, EndedGeneration ended) {
    entries.set(provider.address, agreement.place().generation(), ended.claimed(contract.escrow));
    finish(agreement, contract, EndReason.PROVIDER_ENDED, Amount.ZERO);
  }

  private void finish(
      Agreement agreement, ContractState contract, EndReason reason, Amount collateralBack) {
    Amount refund = contract.escrow;
    contract.phase = Phase.ENDED;
    contract.escrow = Amount.ZERO;
    contract.collateral = Amount.ZERO;
    entries.set(agreement.id(), contract);
    if (!refund.isZero()) {
      session.context().transfer(agreement.renter(), refund);
    }
    session.emit(
        new StorageEvent.ContractEnded(
            agreement.id(),
            agreement.renter(),
            agreement.provider(),
            reason,
            refund,
            collateralBack,
            contract.paid));
  }

  /// Plans a contract's end, unless too many end then.
  boolean planEnd(long slot, long ordinal) {
    List<Long> ends = new ArrayList<>(entries.ends(provider, ordinal));
    if (ends.size() >= session.parameters().endsPerWindowMax()) {
      return false;
    }
    ends.add(slot);
    entries.setEnds(provider, ordinal, ends);
    return true;
  }

  /// Takes a planned end back.
  void cancelEnd(long slot, long ordinal) {
    List<Long> ends = new ArrayList<>(entries.ends(provider, ordinal));
    ends.remove(slot);
    entries.setEnds(provider, ordinal, ends);
  }
}
