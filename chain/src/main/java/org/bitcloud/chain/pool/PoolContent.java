package org.bitcloud.chain.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bitcloud.contracts.Account;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// What waits in a pool, within its bounds: by hash, by sender and nonce, and in the order in which
/// it makes room.
///
/// One thread at a time changes it; any thread may read meanwhile and sees single changes.
final class PoolContent {
  private final PoolLimits limits;
  private final Map<Hash, PooledTransaction> byHash = new ConcurrentHashMap<>();
  private final Map<Address, SenderQueue> senders = new ConcurrentHashMap<>();
  private final NavigableSet<Tail> tails = new TreeSet<>();
  private int count;
  private final AtomicLong bytes = new AtomicLong();

  PoolContent(PoolLimits limits) {
    this.limits = limits;
  }

  // ---- reading, for any thread ----

  boolean contains(Hash transaction) {
    return byHash.containsKey(transaction);
  }

  @Nullable PooledTransaction find(Hash transaction) {
    return byHash.get(transaction);
  }

  @Nullable SenderQueue queue(Address sender) {
    return senders.get(sender);
  }

  Collection<SenderQueue> queues() {
    return senders.values();
  }

  int size() {
    return byHash.size();
  }

  long bytes() {
    return bytes.get();
  }

  List<PooledTransaction> inOrderOfArrival() {
    List<PooledTransaction> all = new ArrayList<>(byHash.values());
    all.sort(Comparator.comparingLong(PooledTransaction::arrival));
    return all;
  }

  // ---- changing, for one thread at a time ----

  /// Puts in a transaction that is admissible by itself, or says why there is no room for it.
  ///
  /// @param stateNonce what the state expects of the sender next
  Optional<MempoolVerdict> add(PooledTransaction transaction, long stateNonce) {
    Address sender = transaction.sender();
    SenderQueue queue = senders.getOrDefault(sender, new SenderQueue(sender, stateNonce));
    PooledTransaction old = queue.at(transaction.nonce());
    if (old != null && !transaction.mayReplace(old)) {
      return Optional.of(MempoolVerdict.refused(PoolRule.REPLACEMENT_UNDERPRICED, ""));
    }
    PooledTransaction displaced =
        old == null && isFull(queue) ? tailAbove(transaction, queue) : old;
    if (old == null && displaced == null && isFull(queue)) {
      return Optional.of(
          MempoolVerdict.refused(PoolRule.SENDER_FULL, "at most " + limits.perSender()));
    }
    if (!makeRoom(transaction, queue, displaced)) {
      return Optional.of(MempoolVerdict.refused(PoolRule.POOL_FULL, ""));
    }
    if (displaced != null) {
      drop(queue, displaced);
    }
    insert(queue, transaction);
    return Optional.empty();
  }

  private boolean isFull(SenderQueue queue) {
    return queue.size() >= limits.perSender();
  }

  /* What fills a gap may take the place of the sender's own last one. */
  private static @Nullable PooledTransaction tailAbove(
      PooledTransaction transaction, SenderQueue queue) {
    return queue
        .tail()
        .map(Tail::transaction)
        .filter(tail -> transaction.nonce() < tail.nonce())
        .orElse(null);
  }

  private record Victim(SenderQueue queue, PooledTransaction transaction) {}

  /// Drops what must go for a transaction. Whoever cannot make enough room drops nothing.
  ///
  /// @param displaced the sender's own one that goes anyway, if any
  private boolean makeRoom(
      PooledTransaction transaction, SenderQueue queue, @Nullable PooledTransaction displaced) {
    Tail incoming = new Tail(transaction, transaction.nonce() <= queue.pendingNonce());
    int countMax = limits.transactions() - (displaced == null ? 1 : 0);
    long bytesMax =
        limits.bytes() - transaction.size() + (displaced == null ? 0 : displaced.size());
    List<Victim> victims = new ArrayList<>();
    while (count > countMax || bytes.get() > bytesMax) {
      Tail worst = worstBut(transaction, displaced);
      if (worst == null || !worst.yieldsTo(incoming)) {
        victims.reversed().forEach(victim -> insert(victim.queue(), victim.transaction()));
        return false;
      }
      SenderQueue poorest = senders.get(worst.transaction().sender());
      if (poorest == null) {
        throw new IllegalStateException("a tail without a queue: " + worst);
      }
      victims.add(new Victim(poorest, worst.transaction()));
      drop(poorest, worst.transaction());
    }
    return true;
  }

  /* Never one that the incoming transaction itself needs before it, or displaces. */
  private @Nullable Tail worstBut(
      PooledTransaction incoming, @Nullable PooledTransaction displaced) {
    for (Tail tail : tails) {
      PooledTransaction last = tail.transaction();
      boolean own = last.sender().equals(incoming.sender());
      if (!last.equals(displaced) && !(own && last.nonce() < incoming.nonce())) {
        return tail;
      }
    }
    return null;
  }

  private void insert(SenderQueue queue, PooledTransaction transaction) {
    senders.putIfAbsent(queue.sender(), queue);
    changeTail(queue, () -> queue.put(transaction));
    byHash.put(transaction.hash(), transaction);
    count++;
    bytes.addAndGet(transaction.size());
  }

  private void drop(SenderQueue queue, PooledTransaction transaction) {
    changeTail(queue, () -> queue.remove(transaction));
    forget(transaction);
    forgetIfEmpty(queue);
  }

  private void forget(PooledTransaction transaction) {
    if (byHash.remove(transaction.hash()) != null) {
      count--;
      bytes.addAndGet(-transaction.size());
    }
  }

  private void forgetIfEmpty(SenderQueue queue) {
    if (queue.isEmpty()) {
      senders.remove(queue.sender(), queue);
    }
  }

  /* A gap that opens or closes moves the tail in the order, too. */
  private void changeTail(SenderQueue queue, Runnable change) {
    queue.tail().ifPresent(tails::remove);
    change.run();
    queue.tail().ifPresent(tails::add);
  }

  /// Takes over what a new state says of a sender, and drops what it can never send any more.
  void update(Address sender, Account account) {
    SenderQueue queue = senders.get(sender);
    if (queue != null) {
      changeTail(queue, () -> queue.update(account).forEach(this::forget));
      forgetIfEmpty(queue);
    }
  }
}
