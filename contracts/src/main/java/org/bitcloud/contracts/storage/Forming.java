package org.bitcloud.contracts.storage;

import org.bitcloud.contracts.CallContext;
import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// Forms contracts and revises them.
record Forming(Session session) {
  Hash form(StorageCall.Form call) throws Revert {
    StorageTerms terms = call.terms();
    check(terms);
    Hash id = terms.digest(session.domain());
    StorageRule.TERMS_USED.require(session.entries().agreement(id).isEmpty());
    checkSignatures(
        id, terms.renter(), call.renterSignature(), terms.provider(), call.providerSignature());
    StorageRule.ESCROW_AMOUNT.require(session.context().value().equals(terms.escrow()));
    add(id, terms);
    return id;
  }

  private void check(StorageTerms terms) throws Revert {
    CallContext context = session.context();
    long window = session.clock().index();
    StorageRule.SENDER_NOT_RENTER.require(context.caller().equals(terms.renter()));
    Funding.checkPrices(terms.price(), terms.collateral());
    StorageRule.SECTORS_RANGE.require(
        terms.maxSectors() >= 1 && terms.maxSectors() <= StorageParameters.SECTORS_MAX);
    StorageRule.TERM_LENGTH.require(
        terms.endWindow() > terms.startWindow()
            && terms.windows() <= StorageParameters.TERM_WINDOWS_MAX);
    StorageRule.START_WINDOW.require(
        terms.startWindow() == window || terms.startWindow() == window + 1);
    StorageRule.TERMS_EXPIRED.require(terms.expiryHeight() >= context.block().height());
  }

  private void checkSignatures(
      Hash digest, Address renter, Bytes renterSignature, Address provider, Bytes providerSignature)
      throws Revert {
    StorageRule.RENTER_SIGNATURE.require(session.isSigned(digest, renterSignature, renter));
    StorageRule.PROVIDER_SIGNATURE.require(session.isSigned(digest, providerSignature, provider));
  }

  private void add(Hash id, StorageTerms terms) throws Revert {
    Entries entries = session.entries();
    ProviderState provider = session.settled(terms.provider());
    Amount collateral = terms.totalCollateral();
    provider.funds =
        provider.funds.minusChecked(collateral).orElseThrow(StorageRule.COLLATERAL_SHORT::revert);
    provider.locked = provider.locked.plus(collateral);
    provider.escrow = provider.escrow.plus(terms.escrow());
    provider.active++;

    long slot = entries.takeSlot(provider);
    new DueTree(entries, provider).include(slot);
    ContractState contract = new ContractState();
    contract.escrow = terms.escrow();
    contract.collateral = collateral;
    contract.checkpoint = provider.accumulated;
    // The term is counted in valid windows from the open one, whichever of the two is the start.
    contract.endOrdinal = session.clock().ordinal() + terms.windows();
    StorageRule.ENDS_FULL.require(
        new ContractBooks(session, provider).planEnd(slot, contract.endOrdinal));

    entries.add(
        new Agreement(
            id,
            new ContractStatus.Parties(
                terms.renter(),
                terms.provider(),
                terms.maxSectors(),
                terms.price(),
                terms.collateral(),
                terms.startWindow(),
                terms.endWindow()),
            new Agreement.Place(provider.generation, slot, session.clock().ordinal())));
    entries.set(id, contract);
    entries.setSlot(provider, slot, id);
    entries.set(provider);
    emitFormed(id, terms, collateral);
  }

  private void emitFormed(Hash id, StorageTerms terms, Amount collateral) {
    session.emit(
        new StorageEvent.ContractFormed(
            id,
            terms.renter(),
            terms.provider(),
            terms.maxSectors(),
            terms.price(),
            terms.startWindow(),
            terms.endWindow(),
            terms.escrow(),
            collateral));
  }

  void revise(StorageCall.Revise call) throws Revert {
    StorageRevision revision = call.revision();
    Entries entries = session.entries();
    Agreement agreement = session.agreement(revision.contractId());
    StorageRule.TOO_MANY_SECTORS.require(revision.sectors() <= agreement.parties().maxSectors());
    StorageRule.ROOT_WITHOUT_SECTORS.require(revision.root().isZero() == (revision.sectors() == 0));
    checkSignatures(
        revision.digest(session.domain()),
        agreement.renter(),
        call.renterSignature(),
        agreement.provider(),
        call.providerSignature());

    ProviderState provider = session.settled(agreement.provider());
    ContractState contract = entries.contract(agreement.id());
    StorageRule.CONTRACT_ENDED.require(
        contract.phase == Phase.ACTIVE && agreement.place().generation() == provider.generation);
    StorageRule.REVISION_OLD.require(revision.revision() > contract.revision);

    ContractBooks books = new ContractBooks(session, provider);
    books.charge(agreement, contract, provider.accumulated, session.clock().index());
    contract.revision = revision.revision();
    books.change(
        agreement, contract, new ContractStatus.Content(revision.root(), revision.sectors()));
    entries.set(agreement.id(), contract);
    entries.set(provider);
    session.emit(
        new StorageEvent.ContractRevised(
            agreement.id(),
            agreement.renter(),
            agreement.provider(),
            revision.revision(),
            revision.root(),
            revision.sectors()));
  }
}
