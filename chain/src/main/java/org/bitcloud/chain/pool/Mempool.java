package org.bitcloud.chain.pool;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.bitcloud.chain.AppliedBlock;
import org.bitcloud.chain.ChainListener;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.Subscription;
import org.bitcloud.chain.TransactionSource;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.KnownTransactions;
import org.bitcloud.chain.state.StateView;
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
/// the pool is full, the senders' last transactions make room, those behind a gap first and then
/// the lowest fee cap. Follows the committed line: what is in a block goes, what is undone comes
/// back.
/* Signatures are recovered and accounts read before the lock is taken, and readers and the builder
of blocks never take it: it is held for microseconds at a time. */
public final class Mempool implements ChainListener, KnownTransactions, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Mempool.class);
  private static final int UPDATES_A_LOCK = 64;

  private final ChainView chain;
  private final PoolAdmission admission;
  private final PoolContent content;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Consumer<SignedTransaction>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong arrivals = new AtomicLong();
  private Subscription following = () -> {};
  private final AtomicLong changes = new AtomicLong(); // of the committed line; under the lock

  private Mempool(ChainView chain, PoolLimits limits) {
    this.chain = chain;
    this.admission = new PoolAdmission(chain);
    this.content = new PoolContent(limits);
  }

  /// Opens an empty pool that follows a chain until it is closed.
  public static Mempool open(ChainView chain, PoolLimits limits) {
    Mempool pool = new Mempool(chain, limits);
    pool.following = chain.subscribe(pool);
    return pool;
  }

  /// Takes a transaction in, or says why not. Recovers its sender if nobody did before; several
  /// threads do so at once.
  public MempoolVerdict submit(SignedTransaction signed) {
    if (content.contains(signed.hash())) {
      return MempoolVerdict.refused(PoolRule.ALREADY_KNOWN, "");
    }
    Optional<MempoolVerdict> refused = admission.checkStatic(signed);
    if (refused.isPresent()) {
      return refused.get();
    }
    PooledTransaction transaction = admission.pooled(signed, arrivals.incrementAndGet());
    long seen = changes.get(); // before the account, so that a block in between shows
    Account account = chain.account(transaction.sender());
    refused = admission.checkAccount(transaction, account);
    MempoolVerdict verdict = refused.orElseGet(() -> add(transaction, account, seen));
    if (verdict.isAdded()) {
      tell(signed);
    }
    return verdict;
  }

  private MempoolVerdict add(PooledTransaction transaction, Account account, long seen) {
    lock.lock();
    try {
      if (seen == changes.get()) {
        return add(transaction, account);
      }
      Account newer = chain.account(transaction.sender());
      return admission.checkAccount(transaction, newer).orElseGet(() -> add(transaction, newer));
    } finally {
      lock.unlock();
    }
  }

  private MempoolVerdict add(PooledTransaction transaction, Account account) {
    if (content.contains(transaction.hash())) {
      return MempoolVerdict.refused(PoolRule.ALREADY_KNOWN, "");
    }
    SenderQueue queue = content.queue(transaction.sender());
    if (queue != null) {
      Optional<MempoolVerdict> poor =
          admission.checkFunds(transaction, account, costOfOthers(queue, transaction));
      if (poor.isPresent()) {
        return poor.get();
      }
    }
    return content
        .add(transaction, account.nonce())
        .orElseGet(
            () ->
                new MempoolVerdict.Added(transaction.nonce() < pendingNonce(transaction.sender())));
  }

  private static BigInteger costOfOthers(SenderQueue queue, PooledTransaction transaction) {
    PooledTransaction old = queue.at(transaction.nonce());
    return old == null ? queue.cost() : queue.cost().subtract(old.cost().drops());
  }

  // ---- following the chain ----

  /// Removes what the block holds, and what its senders can no longer send.
  @Override
  public void applied(AppliedBlock block) {
    refresh(senders(block.block()));
  }

  /// Takes back what an undone block held, as far as the new head allows it.
  @Override
  public void reverted(Block block) {
    refresh(senders(block));
    for (SignedTransaction transaction : block.body().transactions()) {
      var _ = submit(transaction);
    }
  }

  private static List<Address> senders(Block block) {
    return block.body().transactions().stream()
        .flatMap(transaction -> PoolAdmission.sender(transaction).stream())
        .distinct()
        .toList();
  }

  private record Update(Address sender, Account account) {}

  /* Whoever read an account before now reads it again; so the accounts can be read without the lock
  here, and be taken over a few at a time. */
  private void refresh(List<Address> senders) {
    locked(changes::incrementAndGet);
    List<Update> updates = new ArrayList<>();
    try (StateView state = chain.latestState()) {
      for (Address sender : senders) {
        if (content.queue(sender) != null) {
          updates.add(new Update(sender, Account.of(state::get, sender)));
        }
      }
    }
    for (int from = 0; from < updates.size(); from += UPDATES_A_LOCK) {
      List<Update> some = updates.subList(from, Math.min(updates.size(), from + UPDATES_A_LOCK));
      locked(() -> some.forEach(update -> content.update(update.sender(), update.account())));
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  // ---- reading ----

  /// Returns the nonce that the sender's next transaction should have: the state's, plus what waits
  /// without a gap.
  public long pendingNonce(Address sender) {
    SenderQueue queue = content.queue(sender);
    return queue == null ? chain.account(sender).nonce() : queue.pendingNonce();
  }

  /// Returns everything without a nonce gap before it, each sender's in order.
  public List<SignedTransaction> pending() {
    return content.queues().stream()
        .flatMap(queue -> queue.executable().stream())
        .map(PooledTransaction::signed)
        .toList();
  }

  /// Returns everything that waits, also behind gaps, in the order of arrival.
  public List<SignedTransaction> waiting() {
    return content.inOrderOfArrival().stream().map(PooledTransaction::signed).toList();
  }

  /// Tells whether the next block, of that base fee, could hold a transaction.
  public boolean hasExecutable(Amount baseFee) {
    return content.queues().stream().anyMatch(queue -> queue.hasExecutable(baseFee));
  }

  /// Returns what the next block, of that base fee, could hold, the highest tip first. What comes
  /// or goes meanwhile may be offered or not. For one thread.
  public TransactionSource source(Amount baseFee) {
    return new FeeOrder(content.queues(), baseFee, sender -> refresh(List.of(sender)));
  }

  @Override
  public Optional<SignedTransaction> known(Hash transaction) {
    return Optional.ofNullable(content.find(transaction)).map(PooledTransaction::signed);
  }

  /// Returns how many transactions wait.
  public int size() {
    return content.size();
  }

  /// Returns how many bytes the encodings of all that wait have.
  public long bytes() {
    return content.bytes();
  }

  // ---- listeners ----

  /// Tells a listener of every transaction taken in from now on, on the submitting thread. It must
  /// not block; one that throws is dropped.
  public Subscription subscribe(Consumer<SignedTransaction> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void tell(SignedTransaction transaction) {
    for (Consumer<SignedTransaction> listener : List.copyOf(listeners)) {
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
}
