package org.bitcloud.chain.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.jspecify.annotations.Nullable;

/// The pool's rules once more, over one list that is searched from end to end. Knows no funds.
final class PoolModel {
  private final PoolLimits limits;
  private final Map<Address, Long> nonces = new HashMap<>();
  private List<PooledTransaction> all = new ArrayList<>();
  private long arrivals;

  PoolModel(PoolLimits limits) {
    this.limits = limits;
  }

  private record Worth(boolean executable, Amount cap) {}

  /// Returns the rule that refuses it, or empty when it is in.
  Optional<PoolRule> submit(SignedTransaction signed, Address sender) {
    var incoming =
        new PooledTransaction(signed, sender, signed.transaction().maxCost(), arrivals++);
    PooledTransaction old = at(all, sender, incoming.nonce());
    if (old != null && old.hash().equals(incoming.hash())) {
      return Optional.of(PoolRule.ALREADY_KNOWN);
    }
    if (incoming.nonce() < stateNonce(sender)) {
      return Optional.of(PoolRule.NONCE_TOO_LOW);
    }
    if (old != null && !risesByATenth(incoming, old)) {
      return Optional.of(PoolRule.REPLACEMENT_UNDERPRICED);
    }
    List<PooledTransaction> own = of(all, sender);
    PooledTransaction displaced = old;
    if (old == null && own.size() >= limits.perSender()) {
      displaced = own.getLast();
      if (displaced.nonce() < incoming.nonce()) {
        return Optional.of(PoolRule.SENDER_FULL);
      }
    }
    return place(incoming, displaced);
  }

  private Optional<PoolRule> place(
      PooledTransaction incoming, @Nullable PooledTransaction displaced) {
    List<PooledTransaction> rest = new ArrayList<>(all);
    Worth offered =
        new Worth(
            incoming.nonce() <= pendingNonce(all, incoming.sender()),
            incoming.transaction().maxFeePerGas());
    while (isTooMuch(rest, incoming, displaced)) {
      PooledTransaction worst = worst(rest, incoming, displaced);
      if (worst == null || !isLess(worth(rest, worst), offered)) {
        return Optional.of(PoolRule.POOL_FULL);
      }
      rest.remove(worst);
    }
    if (displaced != null) {
      rest.remove(displaced);
    }
    rest.add(incoming);
    all = rest;
    return Optional.empty();
  }

  private boolean isTooMuch(
      List<PooledTransaction> rest,
      PooledTransaction incoming,
      @Nullable PooledTransaction displaced) {
    long bytes = (long) incoming.size() - (displaced == null ? 0 : displaced.size());
    for (PooledTransaction transaction : rest) {
      bytes += transaction.size();
    }
    return rest.size() + (displaced == null ? 1 : 0) > limits.transactions()
        || bytes > limits.bytes();
  }

  private @Nullable PooledTransaction worst(
      List<PooledTransaction> rest,
      PooledTransaction incoming,
      @Nullable PooledTransaction displaced) {
    return rest.stream()
        .filter(tx -> of(rest, tx.sender()).getLast().equals(tx))
        .filter(tx -> !tx.equals(displaced))
        .filter(tx -> !tx.sender().equals(incoming.sender()) || tx.nonce() > incoming.nonce())
        .min(
            Comparator.comparing((PooledTransaction tx) -> worth(rest, tx).executable())
                .thenComparing(tx -> tx.transaction().maxFeePerGas())
                .thenComparing(tx -> tx.transaction().maxPriorityFeePerGas())
                .thenComparing(Comparator.comparingLong(PooledTransaction::arrival).reversed()))
        .orElse(null);
  }

  private Worth worth(List<PooledTransaction> in, PooledTransaction of) {
    return new Worth(of.nonce() < pendingNonce(in, of.sender()), of.transaction().maxFeePerGas());
  }

  private static boolean isLess(Worth one, Worth other) {
    return one.executable() == other.executable()
        ? one.cap().compareTo(other.cap()) < 0
        : other.executable();
  }

  private static boolean risesByATenth(PooledTransaction next, PooledTransaction old) {
    Amount cap = old.transaction().maxFeePerGas();
    Amount tip = old.transaction().maxPriorityFeePerGas();
    Amount nextCap = next.transaction().maxFeePerGas();
    Amount nextTip = next.transaction().maxPriorityFeePerGas();
    return nextCap.compareTo(cap) > 0
        && nextTip.compareTo(tip) > 0
        && nextCap.times(10).compareTo(cap.times(11)) >= 0
        && nextTip.times(10).compareTo(tip.times(11)) >= 0;
  }

  /// The order in which a block of that base fee takes them.
  List<SignedTransaction> offered(Amount baseFee) {
    Map<Address, Long> next = new HashMap<>(nonces);
    List<SignedTransaction> order = new ArrayList<>();
    while (true) {
      Optional<PooledTransaction> best =
          all.stream()
              .filter(tx -> tx.nonce() == next.getOrDefault(tx.sender(), 0L))
              .filter(tx -> tx.transaction().maxFeePerGas().compareTo(baseFee) >= 0)
              .min(
                  Comparator.comparing(
                          (PooledTransaction tx) -> tx.transaction().tip(baseFee),
                          Comparator.reverseOrder())
                      .thenComparingLong(PooledTransaction::arrival));
      if (best.isEmpty()) {
        return order;
      }
      order.add(best.get().signed());
      next.put(best.get().sender(), best.get().nonce() + 1);
    }
  }

  /// A block has taken them.
  void mined(List<SignedTransaction> transactions) throws Exception {
    for (SignedTransaction transaction : transactions) {
      nonces.put(transaction.sender(), transaction.transaction().nonce() + 1);
    }
    all.removeIf(tx -> tx.nonce() < stateNonce(tx.sender()));
  }

  List<SignedTransaction> waiting() {
    return all.stream().map(PooledTransaction::signed).toList();
  }

  long pendingNonce(Address sender) {
    return pendingNonce(all, sender);
  }

  private long pendingNonce(List<PooledTransaction> in, Address sender) {
    long nonce = stateNonce(sender);
    while (at(in, sender, nonce) != null) {
      nonce++;
    }
    return nonce;
  }

  private long stateNonce(Address sender) {
    return nonces.getOrDefault(sender, 0L);
  }

  private static List<PooledTransaction> of(List<PooledTransaction> in, Address sender) {
    return in.stream()
        .filter(tx -> tx.sender().equals(sender))
        .sorted(Comparator.comparingLong(PooledTransaction::nonce))
        .toList();
  }

  private static @Nullable PooledTransaction at(
      List<PooledTransaction> in, Address sender, long nonce) {
    return of(in, sender).stream().filter(tx -> tx.nonce() == nonce).findFirst().orElse(null);
  }
}
