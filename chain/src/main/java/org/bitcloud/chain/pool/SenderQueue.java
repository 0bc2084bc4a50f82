package org.bitcloud.chain.pool;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bitcloud.contracts.Account;
import org.bitcloud.primitives.Amount;
import org.jspecify.annotations.Nullable;

/// The waiting transactions of one sender by nonce, and the nonce that the state expects next.
final class SenderQueue {
  private final NavigableMap<Long, PooledTransaction> byNonce = new TreeMap<>();
  private long nextNonce;

  SenderQueue(long nextNonce) {
    this.nextNonce = nextNonce;
  }

  @Nullable PooledTransaction at(long nonce) {
    return byNonce.get(nonce);
  }

  void put(PooledTransaction transaction) {
    byNonce.put(transaction.nonce(), transaction);
  }

  void remove(PooledTransaction transaction) {
    byNonce.remove(transaction.nonce(), transaction);
  }

  int size() {
    return byNonce.size();
  }

  boolean isEmpty() {
    return byNonce.isEmpty();
  }

  /// The one of the highest nonce: it can go without leaving a gap.
  PooledTransaction last() {
    return byNonce.lastEntry().getValue();
  }

  /// The most that all may cost together; a plain integer since it may exceed any amount.
  BigInteger cost() {
    BigInteger sum = BigInteger.ZERO;
    for (PooledTransaction transaction : byNonce.values()) {
      sum = sum.add(transaction.cost().drops());
    }
    return sum;
  }

  /// The first nonce that neither the state nor a waiting transaction has used.
  long pendingNonce() {
    return nextNonce + executable().size();
  }

  /// Those without a gap before them, in order.
  List<PooledTransaction> executable() {
    List<PooledTransaction> run = new ArrayList<>();
    long expected = nextNonce;
    for (PooledTransaction transaction : byNonce.tailMap(nextNonce, true).values()) {
      if (transaction.nonce() != expected) {
        break;
      }
      run.add(transaction);
      expected++;
    }
    return run;
  }

  /// Tells whether the next one by nonce is here and pays the base fee.
  boolean hasExecutable(Amount baseFee) {
    PooledTransaction next = byNonce.get(nextNonce);
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
    return dead;
  }
}
