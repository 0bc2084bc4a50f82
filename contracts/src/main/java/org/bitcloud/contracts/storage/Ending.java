package org.bitcloud.contracts.storage;

import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;

/// Ends contracts before their time, and gives renters what an ended provider left.
record Ending(Session session) {
  void end(Hash id) throws Revert {
    Entries entries = session.entries();
    Agreement agreement = session.agreement(id);
    StorageRule.CONTRACT_ENDED.require(entries.contract(id).phase != Phase.ENDED);
    ProviderState provider = session.settled(agreement.provider());
    // Settling may have ended it.
    ContractState contract = entries.contract(id);
    if (contract.phase != Phase.ENDED) {
      end(agreement, contract, provider);
    }
    entries.set(provider);
  }

  private void end(Agreement agreement, ContractState contract, ProviderState provider)
      throws Revert {
    ContractBooks books = new ContractBooks(session, provider);
    long generation = agreement.place().generation();
    if (generation < provider.generation) {
      EndedGeneration ended = session.entries().endedGeneration(provider.address, generation);
      books.charge(agreement, contract, ended.accumulated(), Long.MAX_VALUE);
      books.claim(agreement, contract, ended);
      return;
    }
    books.charge(agreement, contract, provider.accumulated, session.clock().index());
    if (contract.phase == Phase.ENDING) {
      // Its last window has closed, but was void, or too many contracts were to end with it.
      StorageRule.ALREADY_ENDING.require(contract.nextFrom == 0);
      closeNow(agreement, contract, books, EndReason.EARLY);
    } else {
      endEarly(agreement, contract, provider, books);
    }
  }

  private void endEarly(
      Agreement agreement, ContractState contract, ProviderState provider, ContractBooks books)
      throws Revert {
    boolean idle =
        contract.revision == 0
            && session.clock().ordinal() - agreement.place().startOrdinal()
                >= session.parameters().idleWindows();
    Address caller = session.context().caller();
    if (!caller.equals(agreement.renter())) {
      StorageRule.NOT_A_PARTY.require(caller.equals(agreement.provider()));
      StorageRule.NOT_IDLE.require(idle);
    }
    Amount dueNow = agreement.due(contract.at(session.clock().index()).sectors());
    Amount fee = fee(agreement, contract, dueNow);
    contract.escrow = contract.escrow.minus(fee);
    contract.paid = contract.paid.plus(fee);
    provider.escrow = provider.escrow.minus(fee);
    provider.funds = provider.funds.plus(fee);
    provider.earned = provider.earned.plus(fee);
    if (contract.latest().sectors() > 0) {
      books.change(agreement, contract, ContractStatus.Content.NONE);
    }
    if (!dueNow.isZero() || !fee.isZero()) {
      session.emit(
          new StorageEvent.ContractEnding(
              agreement.id(), agreement.renter(), agreement.provider(), fee));
    }
    if (dueNow.isZero()) {
      closeNow(agreement, contract, books, idle ? EndReason.IDLE : EndReason.EARLY);
    } else {
      closeWithWindow(agreement, contract, books);
    }
  }

  /// What ending early costs; the open window's payment stays in the escrow.
  private Amount fee(Agreement agreement, ContractState contract, Amount dueNow) {
    Amount due = dueNow.max(agreement.due(contract.latest().sectors()));
    return due.times(session.parameters().earlyEndWindows())
        .min(contract.escrow.minusOrZero(dueNow));
  }

  private void closeNow(
      Agreement agreement, ContractState contract, ContractBooks books, EndReason reason) {
    if (contract.endOrdinal > 0) {
      books.cancelEnd(agreement.place().slot(), contract.endOrdinal);
    }
    books.close(agreement, contract, reason, session.clock().index() + 1);
  }

  /// Lets the contract run until the open window is settled.
  private void closeWithWindow(Agreement agreement, ContractState contract, ContractBooks books) {
    long slot = agreement.place().slot();
    long ordinal = session.clock().ordinal() + 1;
    contract.phase = Phase.ENDING;
    if (contract.endOrdinal != ordinal) {
      books.cancelEnd(slot, contract.endOrdinal);
      contract.endOrdinal = books.planEnd(slot, ordinal) ? ordinal : 0;
    }
    session.entries().set(agreement.id(), contract);
  }
}
