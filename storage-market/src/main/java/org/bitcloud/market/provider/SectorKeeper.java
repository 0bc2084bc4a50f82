package org.bitcloud.market.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.sector.SectorStore;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// Which stored sectors are still needed: those in a sector list that may be challenged, and those
/// that were acknowledged a short while ago and wait for a revision.
///
/// A sector goes when nobody needs it. After a start, sectors that no list names are kept for the
/// grace period, since their writers were told that they are durable. Safe for any number of
/// threads.
final class SectorKeeper {
  private final SectorStore store;
  private final InstantSource clock;
  private final Duration grace;
  private final Map<Hash, Integer> references = new HashMap<>();
  private final Map<Hash, Pending> pending = new HashMap<>();
  private final Map<Hash, Integer> pendingOfContract = new HashMap<>();
  private final Map<Hash, Integer> incoming = new HashMap<>();

  /// A sector without a revision; `contract` is null when a restart forgot whose it is.
  private record Pending(@Nullable Hash contract, Instant until) {}

  SectorKeeper(SectorStore store, InstantSource clock, Duration grace) {
    this.store = store;
    this.clock = clock;
    this.grace = grace;
  }

  /// Counts the lists of all contracts and puts the rest of the store on grace.
  synchronized void load(Collection<ContractEntry> entries) {
    for (ContractEntry entry : entries) {
      count(entry.tree.sectors(), 1);
      entry.undos.forEach(undo -> count(undo.removed(), 1));
    }
    Instant until = clock.instant().plus(grace);
    for (Hash root : store.roots()) {
      if (!references.containsKey(root)) {
        pending.put(root, new Pending(null, until));
      }
    }
  }

  /// Reserves one place for a sector that a contract is about to write.
  ///
  /// @throws MarketException `CONTRACT_FULL` when list and waiting sectors fill the contract
  synchronized void reserve(Hash contract, long listed, long sectorsMax) throws MarketException {
    int waiting = pendingOfContract.getOrDefault(contract, 0);
    if (listed + waiting >= sectorsMax) {
      throw new MarketException(
          MarketError.CONTRACT_FULL,
          "the contract holds " + sectorsMax + " sectors and " + waiting + " wait for a revision");
    }
    pendingOfContract.merge(contract, 1, Integer::sum);
  }

  /// Gives a reserved place back: the sector did not arrive.
  synchronized void release(Hash contract) {
    pendingOfContract.computeIfPresent(contract, (_, n) -> n == 1 ? null : n - 1);
  }

  /// Notes that the sector of a reserved place is about to be made durable, so that nobody removes
  /// it meanwhile. Exactly one of [#arrived] and [#failed] follows.
  synchronized void announce(Hash contract, Hash root) {
    int _ = incoming.merge(root, 1, Integer::sum);
    @Nullable Pending before = pending.get(root);
    if (references.containsKey(root) || (before != null && contract.equals(before.contract()))) {
      release(contract);
      return;
    }
    pending.put(root, new Pending(contract, clock.instant().plus(grace)));
  }

  /// Notes that an announced sector is durable.
  ///
  /// @throws MarketException `CONTRACT_ENDED` when nobody wants it any more; it is removed then
  synchronized void arrived(Hash root) throws MarketException {
    landed(root);
    if (!references.containsKey(root) && !pending.containsKey(root)) {
      drop(root);
      throw new MarketException(
          MarketError.CONTRACT_ENDED, "the sector was discarded while it was written");
    }
  }

  /// Takes an announcement back: the sector could not be stored.
  synchronized void failed(Hash contract, Hash root) {
    landed(root);
    @Nullable Pending was = pending.get(root);
    if (was != null && contract.equals(was.contract())) {
      pending.remove(root);
      release(contract);
      drop(root);
    }
  }

  /// Counts a contract's new sectors as needed.
  ///
  /// @throws MarketException `SECTOR_MISSING` naming the first one that is not stored; nothing is
  ///   counted then
  synchronized void claim(Hash contract, List<Hash> roots) throws MarketException {
    for (Hash root : roots) {
      if (!store.contains(root)) {
        throw new MarketException(
            MarketError.SECTOR_MISSING, "sector " + root + " was not written");
      }
    }
    count(roots, 1);
    for (Hash root : new HashSet<>(roots)) {
      @Nullable Pending was = pending.remove(root);
      if (was != null && was.contract() != null) {
        release(was.contract());
      }
    }
  }

  /// Ends the need of sectors, and removes those that nobody needs any more.
  synchronized void release(Collection<Hash> roots) {
    count(roots, -1);
    for (Hash root : new HashSet<>(roots)) {
      drop(root);
    }
  }

  /// Removes a sector that waits for a revision of this contract; any other stays.
  ///
  /// @throws MarketException `SECTOR_IN_USE` when a list names it
  synchronized void discard(Hash contract, Hash root) throws MarketException {
    if (references.containsKey(root)) {
      throw new MarketException(MarketError.SECTOR_IN_USE, "sector " + root + " is in a revision");
    }
    @Nullable Pending was = pending.get(root);
    if (was != null && contract.equals(was.contract())) {
      pending.remove(root);
      release(contract);
      drop(root);
    }
  }

  /// Removes all sectors that wait for a revision of this contract.
  synchronized void discardWaiting(Hash contract) {
    List<Hash> waiting = new ArrayList<>();
    pending.forEach(
        (root, wait) -> {
          if (contract.equals(wait.contract())) {
            waiting.add(root);
          }
        });
    for (Hash root : waiting) {
      pending.remove(root);
      release(contract);
      drop(root);
    }
  }

  /// Removes what waited for a revision too long, or belongs to a contract that is gone.
  ///
  /// @param isGone whether a contract is
  /// @return how many sectors went
  synchronized int sweep(Predicate<Hash> isGone) {
    Instant now = clock.instant();
    List<Hash> old = new ArrayList<>();
    pending.forEach(
        (root, wait) -> {
          boolean gone = wait.contract() != null && isGone.test(wait.contract());
          if (gone || wait.until().isBefore(now)) {
            old.add(root);
          }
        });
    for (Hash root : old) {
      @Nullable Pending was = pending.remove(root);
      if (was != null && was.contract() != null) {
        release(was.contract());
      }
      drop(root);
    }
    return old.size();
  }

  /// How many sectors wait for a revision.
  synchronized int waiting() {
    return pending.size();
  }

  private void count(Collection<Hash> roots, int change) {
    for (Hash root : roots) {
      references.merge(root, change, (a, b) -> a + b == 0 ? null : a + b);
    }
  }

  private void landed(Hash root) {
    incoming.computeIfPresent(root, (_, n) -> n == 1 ? null : n - 1);
  }

  private void drop(Hash root) {
    boolean isNeeded =
        references.containsKey(root) || pending.containsKey(root) || incoming.containsKey(root);
    if (!isNeeded) {
      boolean _ = store.delete(root);
    }
  }
}
