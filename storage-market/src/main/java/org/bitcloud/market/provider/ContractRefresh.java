package org.bitcloud.market.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.contracts.storage.Phase;
import org.bitcloud.market.Head;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.primitives.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the book up to date with the chain, once a window: contracts that began or ended, sector
/// lists that nobody can challenge any more, sectors that nobody needs.
final class ContractRefresh {
  private static final Logger LOG = LoggerFactory.getLogger(ContractRefresh.class);

  /// Quiet contracts looked at in one window; with more, each has its turn.
  private static final int QUIET_MAX = 64;

  private final StorageClient chain;
  private final ContractBook book;
  private final SectorKeeper keeper;
  private int turn;

  ContractRefresh(StorageClient chain, ContractBook book, SectorKeeper keeper) {
    this.chain = chain;
    this.book = book;
    this.keeper = keeper;
  }

  void run(Head head) throws LedgerException {
    for (ContractEntry entry : chosen()) {
      Optional<ContractStatus> status = chain.contract(entry.id);
      if (status.isPresent()) {
        refresh(entry, status.get());
      } else if (entry.terms.expiryHeight() < head.height().value()) {
        remove(entry);
        LOG.info("contract {} was never formed; its place is free again", entry.id);
      }
    }
    int swept = keeper.sweep(id -> book.entry(id) == null);
    if (swept > 0) {
      LOG.info("removed {} sectors that no revision came for", swept);
    }
  }

  private List<ContractEntry> chosen() {
    List<ContractEntry> busy = new ArrayList<>();
    List<ContractEntry> quiet = new ArrayList<>();
    for (ContractEntry entry : book.entries()) {
      boolean moves =
          entry.state != ContractEntry.State.ACTIVE
              || !entry.undos.isEmpty()
              || entry.hasUnposted();
      (moves ? busy : quiet).add(entry);
    }
    for (int i = 0; i < Math.min(QUIET_MAX, quiet.size()); i++) {
      turn = (turn + 1) % quiet.size();
      busy.add(quiet.get(turn));
    }
    return busy;
  }

  private void refresh(ContractEntry entry, ContractStatus status) {
    if (status.phase() == Phase.ENDED || status.phase() == Phase.ABANDONED) {
      remove(entry);
      LOG.info("contract {} is over ({}); its sectors go", entry.id, status.phase());
      return;
    }
    entry.lock.lock();
    try {
      boolean changed = entry.state != ContractEntry.State.ACTIVE;
      entry.state = ContractEntry.State.ACTIVE;
      if (status.revision() > entry.posted) {
        entry.posted = status.revision();
        changed = true;
      }
      if (forget(entry, status.frozen().root())) {
        changed = false;
      }
      if (changed) {
        book.update(entry);
      }
    } finally {
      entry.lock.unlock();
    }
  }

  // The oldest list with the frozen root: a younger one with the same root may be challenged later,
  // and what lies between them, too.
  private boolean forget(ContractEntry entry, Hash frozenRoot) {
    for (Undo undo : entry.undos) {
      if (undo.root().equals(frozenRoot)) {
        return forgetBelow(entry, undo.number());
      }
    }
    boolean atNewest = entry.tree.root().equals(frozenRoot);
    return atNewest && forgetBelow(entry, entry.newestNumber());
  }

  private boolean forgetBelow(ContractEntry entry, long frozen) {
    if (entry.undos.isEmpty() || entry.undos.getFirst().number() >= frozen) {
      return false;
    }
    for (Undo undo : book.forgetBelow(entry, frozen)) {
      keeper.release(undo.removed());
    }
    return true;
  }

  private void remove(ContractEntry entry) {
    entry.lock.lock();
    try {
      entry.state = ContractEntry.State.ENDED;
      List<Hash> listed = List.copyOf(entry.tree.sectors());
      List<Undo> undos = List.copyOf(entry.undos);
      book.remove(entry);
      keeper.release(listed);
      undos.forEach(undo -> keeper.release(undo.removed()));
    } finally {
      entry.lock.unlock();
    }
  }
}
