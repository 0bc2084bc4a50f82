package org.bitcloud.chain.pool;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bitcloud.chain.AppliedBlock;
import org.bitcloud.chain.ChainListener;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.Subscription;
import org.bitcloud.chain.TransactionSource;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.KnownTransactions;
import org.bitcloud.contracts.Account;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bounded pool of transactions that wait for a block: a queue for each sender, ordered by
/// nonce, and over all senders an order by fee.
///
/// Nonces may have gaps; what is behind a gap waits. A fee cap below the base fee waits too. When
/// the pool is full, the lowest fee cap among the senders' last transactions makes room for a
/// higher one. Follows the committed line: what is in a block goes, what is undone comes back.
public final class Mempool implements ChainListener, KnownTransactions, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Mempool.class);

  private final ChainView chain;
  private final PoolLimits limits;
  private final PoolAdmission admission;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Hash, PooledTransaction> byHash = new ConcurrentHashMap<>();
  private final Map<Address, SenderQueue> senders = new HashMap<>();
  /* Last transaction of every sender, the first to be evicted first. */
  private final NavigableSet<PooledTransaction> tails =
      new TreeSet<>(
          Comparator.comparing((PooledTransaction tail) -> tail.transaction().maxFeePerGas())
              .thenComparing(Comparator.comparingLong(PooledTransaction::arrival).reversed()));
  private final List<Consumer<SignedTransaction>> listeners = new CopyOnWriteArrayList<>();
  private Subscription following = () -> {};
  private long bytes;
  private long arrivals;

  private Mempool(ChainView chain, PoolLimits limits) {
    this.chain = chain;
    this.limits = limits;
    this.admission = new PoolAdmission(chain);
  }

  /// Opens an empty pool that follows a chain until it is closed.
  public static Mempool open(ChainView chain, PoolLimits limits) {
    Mempool pool = new Mempool(chain, limits);
    pool.following = chain.subscribe(pool);
    return pool;
  }

  /// Takes a transaction in, or says why not. Recovers its sender if nobody did before.
  public MempoolVerdict submit(SignedTransaction transaction) {
    if (byHash.containsKey(transaction.hash())) {
      return MempoolVerdict.refused(PoolRule.ALREADY_KNOWN, "");
    }
    Optional<MempoolVerdict> refused = admission.checkStatic(transaction);
    if (refused.isPresent()) {
      return refused.get();
    }
    MempoolVerdict verdict = locked(() -> add(transaction));
    if (verdict.isAdded()) {
      tell(transaction);
    }
    return verdict;
  }

  private MempoolVerdict add(SignedTransaction signed) {
    if (byHash.containsKey(signed.hash())) {
      return MempoolVerdict.refused(PoolRule.ALREADY_KNOWN, "");
    }
    PooledTransaction transaction = admission.pooled(signed, arrivals++);
    Account account = chain.account(transaction.sender());
    SenderQueue queue =
        senders.getOrDefault(transaction.sender(), new SenderQueue(account.nonce()));
    PooledTransaction old = queue.at(transaction.nonce());
    BigInteger others = old == null ? queue.cost() : queue.cost().subtract(old.cost().drops());
    Optional<MempoolVerdict> refused = admission.checkState(transaction, account, others);
    if (refused.isPresent()) {
      return refused.get();
    }
    if (old == null) {
      refused = makeRoom(transaction, queue);
    } else if (!transaction.mayReplace(old)) {
      refused = Optional.of(MempoolVerdict.refused(PoolRule.REPLACEMENT_UNDERPRICED, ""));
    } else {
      drop(old);
    }
    return refused.orElseGet(() -> insert(transaction, account));
  }

  private MempoolVerdict insert(PooledTransaction transaction, Account account) {
    SenderQueue queue =
        senders.computeIfAbsent(transaction.sender(), _ -> new SenderQueue(account.nonce()));
    changeTail(queue, () -> queue.put(transaction));
    byHash.put(transaction.hash(), transaction);
    bytes += transaction.signed().size();
    return new MempoolVerdict.Added(transaction.nonce() < queue.pendingNonce());
  }

  private Optional<MempoolVerdict> makeRoom(PooledTransaction transaction, SenderQueue queue) {
    if (queue.size() >= limits.perSender()) {
      return Optional.of(
          MempoolVerdict.refused(PoolRule.SENDER_FULL, "at most " + limits.perSender()));
    }
    while (byHash.size() >= limits.transactions()
        || bytes + transaction.signed().size() > limits.bytes()) {
      PooledTransaction worst = tails.isEmpty() ? null : tails.first();
      if (worst == null
          || worst.sender().equals(transaction.sender())
          || worst.transaction().maxFeePerGas().compareTo(transaction.transaction().maxFeePerGas())
              >= 0) {
        return Optional.of(MempoolVerdict.refused(PoolRule.POOL_FULL, ""));
      }
      drop(worst);
    }
    return Optional.empty();
  }

  private void drop(PooledTransaction transaction) {
    SenderQueue queue = senders.get(transaction.sender());
    if (queue != null) {
      changeTail(queue, () -> queue.remove(transaction));
      forget(transaction);
      if (queue.isEmpty()) {
        senders.remove(transaction.sender());
      }
    }
  }

  private void forget(PooledTransaction transaction) {
    if (byHash.remove(transaction.hash()) != null) {
      bytes -= transaction.signed().size();
    }
  }

  private void changeTail(SenderQueue queue, Runnable change) {
    if (!queue.isEmpty()) {
      tails.remove(queue.last());
    }
    change.run();
    if (!queue.isEmpty()) {
      tails.add(queue.last());
    }
  }

  /// Removes what the block holds, and what its senders can no longer send.
  @Override
  public void applied(AppliedBlock block) {
    locked(
        () -> {
          Set<Address> changed = new HashSet<>();
          for (SignedTransaction transaction : block.block().body().transactions()) {
            PoolAdmission.sender(transaction).ifPresent(changed::add);
          }
          changed.forEach(this::refresh);
          return changed;
        });
  }

  /// Takes back what an undone block held, as far as the new head allows it.
  @Override
  public void reverted(Block block) {
    for (SignedTransaction transaction : block.body().transactions()) {
      PoolAdmission.sender(transaction)
          .ifPresent(
              sender ->
                  locked(
                      () -> {
                        refresh(sender);
                        return sender;
                      }));
      var _ = submit(transaction);
    }
  }

  private void refresh(Address sender) {
    SenderQueue queue = senders.get(sender);
    if (queue == null) {
      return;
    }
    Account account = chain.account(sender);
    changeTail(queue, () -> queue.update(account).forEach(this::forget));
    if (queue.isEmpty()) {
      senders.remove(sender);
    }
  }

  /// Returns the nonce that the sender's next transaction should have: the state's, plus what waits
  /// without a gap.
  public long pendingNonce(Address sender) {
    return locked(
        () -> {
          SenderQueue queue = senders.get(sender);
          return queue == null ? chain.account(sender).nonce() : queue.pendingNonce();
        });
  }

  /// Returns everything without a nonce gap before it, each sender's in order.
  public List<SignedTransaction> pending() {
    return locked(
        () ->
            senders.values().stream()
                .flatMap(queue -> queue.executable().stream())
                .map(PooledTransaction::signed)
                .toList());
  }

  /// Tells whether the next block, of that base fee, could hold a transaction.
  public boolean hasExecutable(Amount baseFee) {
    return locked(() -> senders.values().stream().anyMatch(queue -> queue.hasExecutable(baseFee)));
  }

  /// Returns what the next block, of that base fee, could hold, the highest tip first. A copy:
  /// later arrivals are not in it.
  public TransactionSource source(Amount baseFee) {
    return new FeeOrder(executable(), baseFee);
  }

  private List<List<PooledTransaction>> executable() {
    return locked(() -> senders.values().stream().map(SenderQueue::executable).toList());
  }

  @Override
  public Optional<SignedTransaction> known(Hash transaction) {
    return Optional.ofNullable(byHash.get(transaction)).map(PooledTransaction::signed);
  }

  /// Returns how many transactions wait.
  public int size() {
    return byHash.size();
  }

  /// Tells a listener of every transaction taken in from now on, on the submitting thread. It must
  /// not block; one that throws is dropped.
  public Subscription subscribe(Consumer<SignedTransaction> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void tell(SignedTransaction transaction) {
    for (Consumer<SignedTransaction> listener : new ArrayList<>(listeners)) {
      try {
        listener.accept(transaction);
      } catch (RuntimeException e) {
        listeners.remove(listener);
        LOG.error("dropped a mempool listener, which failed", e);
      }
    }
  }

  /// Stops following the chain.
  @Override
  public void close() {
    following.close();
  }

  @CanIgnoreReturnValue
  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
