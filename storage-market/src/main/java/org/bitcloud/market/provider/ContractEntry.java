package org.bitcloud.market.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.market.sector.ContractTree;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Signature;
import org.jspecify.annotations.Nullable;

/// One contract as the provider keeps it in memory; what is here is in the book, too.
///
/// Its lock guards everything that changes.
final class ContractEntry {
  /// How far a contract has come.
  enum State {
    /// The provider signed the terms; the chain does not have them yet.
    PROPOSED(0),
    /// The contract is on chain and runs.
    ACTIVE(1),
    /// The contract is over; its sectors may go.
    ENDED(2);

    final int code;

    State(int code) {
      this.code = code;
    }
  }

  final Hash id;
  final StorageTerms terms;
  final Signature renterSignature;
  final Signature providerSignature;
  final ReentrantLock lock = new ReentrantLock();

  /// The sectors of the newest revision.
  final ContractTree tree;

  /// Oldest first; the last one restores the list before the newest revision.
  final List<Undo> undos = new ArrayList<>();

  volatile State state;
  @Nullable SignedRevision newest;

  /// The highest revision number known to be on chain.
  long posted;

  /// The revision that the chain holds frozen for the open window.
  long frozen;

  ContractEntry(
      Hash id,
      StorageTerms terms,
      Signature renterSignature,
      Signature providerSignature,
      State state,
      ContractTree tree) {
    this.id = id;
    this.terms = terms;
    this.renterSignature = renterSignature;
    this.providerSignature = providerSignature;
    this.state = state;
    this.tree = tree;
  }

  /// The number of the newest revision; 0 before the first.
  long newestNumber() {
    return newest == null ? 0 : newest.revision().revision();
  }

  /// Whether the newest revision is not on chain yet.
  boolean hasUnposted() {
    return newestNumber() > posted;
  }

  /// The sector list of a revision that is still kept; empty for number 0.
  ///
  /// @return null when that revision was forgotten or never made
  @Nullable List<Hash> sectorsAt(long number) {
    if (number == newestNumber()) {
      return List.copyOf(tree.sectors());
    }
    List<Hash> list = new ArrayList<>(tree.sectors());
    for (int i = undos.size() - 1; i >= 0; i--) {
      Undo undo = undos.get(i);
      list.subList(undo.keep(), list.size()).clear();
      list.addAll(undo.removed());
      if (undo.number() == number) {
        return list;
      }
    }
    return number == 0 ? List.of() : null;
  }
}
