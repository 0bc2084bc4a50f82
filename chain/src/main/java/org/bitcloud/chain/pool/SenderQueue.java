package org.bitcloud.chain.pool;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.bitcloud.contracts.Account;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.jspecify.annotations.Nullable;

/// The waiting transactions of one sender by nonce, and the nonce that the state expects next.
///
/// One thread at a time changes it; any thread may read meanwhile and sees each transaction as it
/// comes and goes.
final class SenderQueue {
  private final Address sender;
  private final ConcurrentNavigableMap<Long, PooledTransaction> byNonce =
      new ConcurrentSkipListMap<>();
  private BigInteger cost = BigInteger.ZERO; // a plain integer since it may exceed any amount
  private int size;
  private volatile long nextNonce;
  private volatile long pendingNonce;

  SenderQueue(Address sender, long nextNonce) {
    this.sender = sender;
    this.nextNonce = nextNonce;
    this.pendingNonce = nextNonce;
  }

  Address sender() {
    return sender;
  }

  @Nullable PooledTransaction at(long nonce) {
    return byNonce.get(nonce);
  }

  void put(PooledTransaction transaction) {
    PooledTransaction old = byNonce.put(transaction.nonce(), transaction);
    if (old == null) {
      size++;
    } else {
      cost = cost.subtract(old.cost().drops());
    }
    cost = cost.add(transaction.cost().drops());
    if (transaction.nonce() == pendingNonce) {
      pendingNonce = endOfRun(pendingNonce);
    }
  }

  void remove(PooledTransaction transaction) {
    if (!byNonce.remove(transaction.nonce(), transaction)) {
      return;
    }
    size--;
    cost = cost.subtract(transaction.cost().drops());
    if (transaction.nonce() >= nextNonce && transaction.nonce() < pendingNonce) {
      pendingNonce = transaction.nonce();
    }
  }

  private long endOfRun(long from) {
    long nonce = from;
    while (byNonce.containsKey(nonce)) {
      nonce++;
    }
    return nonce;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// The one of the highest nonce, which can go without leaving a gap, and whether a gap is before
  /// it; empty when none waits.
  Optional<Tail> tail() {
    Map.Entry<Long, PooledTransaction> last = byNonce.lastEntry();
    return last == null
        ? Optional.empty()
        : Optional.of(new Tail(last.getValue(), last.getKey() < pendingNonce));
  }

  /// The most that all may cost together.
  BigInteger cost() {
    return cost;
  }

  /// The first nonce that neither the state nor a waiting transaction has used.
  long pendingNonce() {
    return pendingNonce;
  }

  /// Those without a gap before them, in order.
  List<PooledTransaction> executable() {
    List<PooledTransaction> run = new ArrayList<>();
    long expected = nextNonce;
    for (PooledTransaction transaction : byNonce.tailMap(expected, true).values()) {
      if (transaction.nonce() != expected) {
        break;
      }
      run.add(transaction);
      expected++;
    }
    return run;
  }

  /// The one that the state expects next, or null.
  @Nullable PooledTransaction head() {
    return byNonce.get(nextNonce);
  }

  /// Tells whether the next one by nonce is here and pays the base fee.
  boolean hasExecutable(Amount baseFee) {
    PooledTransaction next = head();
    return next != null && next.transaction().maxFeePerGas().compareTo(baseFee) >= 0;
  }

  /// Takes over what a new state says, and returns those that can never be executed on it.
  List<PooledTransaction> update(Account account) {
    nextNonce = account.nonce();
    List<PooledTransaction> dead = new ArrayList<>(byNonce.headMap(nextNonce).values());
    for (PooledTransaction transaction : byNonce.tailMap(nextNonce, true).values()) {
      if (transaction.cost().compareTo(account.balance()) > 0) {
        dead.add(transaction);
      }
    }
    dead.forEach(this::remove);
    pendingNonce = endOfRun(nextNonce);
    return dead;
  }
}
