package org.bitcloud.market.provider;

import java.util.List;
import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.contracts.storage.Phase;
import org.bitcloud.contracts.storage.StorageRevision;
import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.client.StorageDigests;
import org.bitcloud.market.protocol.Message;
import org.bitcloud.market.protocol.Signatures;
import org.bitcloud.market.sector.ContractTree;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Signature;
import org.jspecify.annotations.Nullable;

/// Where contracts are agreed to and revised: what the provider signs, and only after it is safe.
///
/// Terms are signed once they are in the book; a revision is signed once its sectors are durable
/// and the revision itself is in the book. Safe for any number of threads.
final class ContractDesk {
  private final StorageClient chain;
  private final StorageDigests digests;
  private final KeyPair key;
  private final ContractBook book;
  private final SectorKeeper keeper;
  private final TermsPolicy policy;

  ContractDesk(
      StorageClient chain,
      StorageDigests digests,
      KeyPair key,
      ContractBook book,
      SectorKeeper keeper,
      TermsPolicy policy) {
    this.chain = chain;
    this.digests = digests;
    this.key = key;
    this.book = book;
    this.keeper = keeper;
    this.policy = policy;
  }

  /// Countersigns terms that the policy accepts; the same terms again get the same signature.
  Message sign(Message.ProposeTerms proposal) throws MarketException {
    StorageTerms terms = proposal.terms();
    if (!terms.provider().equals(key.address())) {
      throw new MarketException(
          MarketError.TERMS_REFUSED, "the terms name another provider: " + terms.provider());
    }
    Hash id = digests.of(terms);
    requireSigned(terms.renter(), id, proposal.renterSignature());
    @Nullable ContractEntry known = book.entry(id);
    if (known == null) {
      Signature mine = key.sign(id);
      policy.accept(
          terms,
          () ->
              book.add(
                  new ContractEntry(
                      id,
                      terms,
                      proposal.renterSignature(),
                      mine,
                      ContractEntry.State.PROPOSED,
                      new ContractTree())));
      return new Message.TermsSigned(id, mine);
    }
    return new Message.TermsSigned(id, known.providerSignature);
  }

  /// Countersigns a revision; the newest one again gets the same signature.
  Message sign(Message.ProposeRevision proposal) throws MarketException {
    StorageRevision revision = proposal.revision();
    ContractEntry entry = active(revision.contractId());
    requireSigned(entry.terms.renter(), digests.of(revision), proposal.renterSignature());
    entry.lock.lock();
    try {
      @Nullable SignedRevision newest = entry.newest;
      if (newest != null && newest.revision().equals(revision)) {
        return signed(newest);
      }
      return signed(revise(entry, proposal));
    } finally {
      entry.lock.unlock();
    }
  }

  /// Finds the newest revision that both signed.
  Message find(Message.AskRevision request) throws MarketException {
    ContractEntry entry = known(request.contract());
    entry.lock.lock();
    try {
      @Nullable SignedRevision newest = entry.newest;
      return newest == null
          ? new Message.NoRevision(entry.id)
          : new Message.LatestRevision(newest.revision(), newest.renter(), newest.provider());
    } finally {
      entry.lock.unlock();
    }
  }

  /// Lists the sectors of the newest revision.
  Message list(Message.AskRoots request, Address renter) throws MarketException {
    ContractEntry entry = owned(request.contract(), renter);
    entry.lock.lock();
    try {
      List<Hash> all = entry.tree.sectors();
      int from = (int) Math.min(request.offset(), all.size());
      int to = Math.min(from + request.limit(), all.size());
      return new Message.Roots(
          entry.id, request.offset(), all.size(), List.copyOf(all.subList(from, to)));
    } finally {
      entry.lock.unlock();
    }
  }

  /// Finds a contract of this renter, whatever its state.
  ContractEntry owned(Hash contract, Address renter) throws MarketException {
    ContractEntry entry = known(contract);
    if (!entry.terms.renter().equals(renter)) {
      throw new MarketException(
          MarketError.NOT_YOUR_CONTRACT, "contract " + contract + " is not of " + renter);
    }
    return entry;
  }

  /// Finds a contract of this renter that runs, asking the chain when that is news.
  ContractEntry writable(Hash contract, Address renter) throws MarketException {
    ContractEntry entry = owned(contract, renter);
    return active(entry.id);
  }

  private ContractEntry known(Hash contract) throws MarketException {
    @Nullable ContractEntry entry = book.entry(contract);
    if (entry == null) {
      throw new MarketException(
          MarketError.UNKNOWN_CONTRACT, "contract " + contract + " was never agreed to here");
    }
    return entry;
  }

  private ContractEntry active(Hash contract) throws MarketException {
    ContractEntry entry = known(contract);
    if (entry.state == ContractEntry.State.PROPOSED) {
      activate(entry);
    }
    if (entry.state == ContractEntry.State.ENDED) {
      throw new MarketException(MarketError.CONTRACT_ENDED, "contract " + contract + " has ended");
    }
    return entry;
  }

  private void activate(ContractEntry entry) throws MarketException {
    @Nullable ContractStatus status;
    try {
      status = chain.contract(entry.id).orElse(null);
    } catch (LedgerException e) {
      throw new MarketException(
          MarketError.LEDGER_BEHIND, "the provider cannot read the chain: " + e.getMessage(), e);
    }
    if (status == null) {
      throw new MarketException(
          MarketError.CONTRACT_NOT_FORMED, "contract " + entry.id + " is not on chain yet");
    }
    entry.lock.lock();
    try {
      if (entry.state == ContractEntry.State.PROPOSED) {
        entry.state =
            status.phase() == Phase.ACTIVE ? ContractEntry.State.ACTIVE : ContractEntry.State.ENDED;
        book.update(entry);
      }
    } finally {
      entry.lock.unlock();
    }
  }

  private SignedRevision revise(ContractEntry entry, Message.ProposeRevision proposal)
      throws MarketException {
    StorageRevision revision = proposal.revision();
    int before = entry.tree.size();
    int keep = checkShape(entry, proposal);
    Hash oldRoot = entry.tree.root();
    List<Hash> removed = List.copyOf(entry.tree.sectors().subList(keep, before));
    keeper.claim(entry.id, proposal.appended());
    change(entry.tree, keep, proposal.appended());
    if (!entry.tree.root().equals(revision.root())) {
      Hash found = entry.tree.root();
      change(entry.tree, keep, removed);
      keeper.release(proposal.appended());
      throw new MarketException(
          MarketError.ROOT_MISMATCH, "the sectors have root " + found + ", not " + revision.root());
    }
    SignedRevision signed =
        new SignedRevision(revision, proposal.renterSignature(), key.sign(digests.of(revision)));
    Undo undo = new Undo(entry.newestNumber(), oldRoot, keep, removed);
    entry.newest = signed;
    entry.undos.add(undo);
    book.revise(entry, undo, proposal.appended());
    return signed;
  }

  private static int checkShape(ContractEntry entry, Message.ProposeRevision proposal)
      throws MarketException {
    StorageRevision revision = proposal.revision();
    if (revision.revision() <= entry.newestNumber()) {
      throw new MarketException(
          MarketError.STALE_REVISION,
          "revision " + revision.revision() + " is not above " + entry.newestNumber());
    }
    if (revision.sectors() > entry.terms.maxSectors()) {
      throw new MarketException(
          MarketError.CONTRACT_FULL,
          revision.sectors() + " sectors exceed the " + entry.terms.maxSectors() + " agreed");
    }
    if (proposal.keep() > entry.tree.size()
        || proposal.keep() + proposal.appended().size() != revision.sectors()) {
      throw new MarketException(
          MarketError.ROOT_MISMATCH,
          "keeping "
              + proposal.keep()
              + " of "
              + entry.tree.size()
              + " sectors and adding "
              + proposal.appended().size()
              + " does not make "
              + revision.sectors());
    }
    return (int) proposal.keep();
  }

  private static void change(ContractTree tree, int keep, List<Hash> appended) {
    tree.truncate(keep);
    appended.forEach(tree::append);
  }

  private static Message signed(SignedRevision signed) {
    return new Message.RevisionSigned(
        signed.revision().contractId(), signed.revision().revision(), signed.provider());
  }

  private static void requireSigned(Address renter, Hash digest, Signature signature)
      throws MarketException {
    if (!Signatures.isBy(renter, digest, signature)) {
      throw new MarketException(MarketError.BAD_SIGNATURE, "not signed by the renter " + renter);
    }
  }
}
