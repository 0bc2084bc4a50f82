package org.bitcloud.node.devnet;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.bitcloud.chain.ChainException;
import org.bitcloud.market.Head;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.LedgerException.Kind;
import org.bitcloud.market.LedgerLog;
import org.bitcloud.market.LogFilter;
import org.bitcloud.market.NetworkInfo;
import org.bitcloud.market.Subscription;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The validator's ledger as its neighbours in the process see it: while the validator is stopped,
/// nothing answers, and when it is back, subscriptions go on.
final class SharedLedger implements Ledger {
  private final CopyOnWriteArrayList<Watch> watches = new CopyOnWriteArrayList<>();
  private volatile @Nullable Ledger current;

  /// A listener that outlives the ledger it listens to.
  private static final class Watch {
    private final Consumer<Head> listener;
    private final AtomicLong delivered = new AtomicLong(-1);
    private @Nullable Subscription subscription;

    Watch(Consumer<Head> listener) {
      this.listener = listener;
    }

    synchronized void attach(Ledger ledger) {
      detach();
      subscription = ledger.onHead(this::deliver);
    }

    synchronized void detach() {
      Subscription old = subscription;
      if (old != null) {
        old.close();
        subscription = null;
      }
    }

    private void deliver(Head head) {
      long height = head.height().value();
      if (delivered.getAndUpdate(before -> Math.max(before, height)) < height) {
        listener.accept(head);
      }
    }
  }

  private interface Call<T> {
    T on(Ledger ledger) throws LedgerException;
  }

  private <T> T ask(Call<T> call) throws LedgerException {
    Ledger ledger = current;
    if (ledger == null) {
      throw new LedgerException(Kind.UNAVAILABLE, "the validator is stopped");
    }
    try {
      return call.on(ledger);
    } catch (ChainException | StoreException e) {
      throw new LedgerException(Kind.UNAVAILABLE, "the validator is stopping", e);
    }
  }

  /// Lets this ledger answer by another one from now on.
  synchronized void attach(Ledger ledger) {
    current = ledger;
    watches.forEach(watch -> watch.attach(ledger));
  }

  /// Lets nothing answer any more and closes what did.
  synchronized void detach() {
    Ledger old = current;
    current = null;
    watches.forEach(Watch::detach);
    if (old != null) {
      old.close();
    }
  }

  @Override
  public NetworkInfo network() throws LedgerException {
    return ask(Ledger::network);
  }

  @Override
  public Head head() throws LedgerException {
    return ask(Ledger::head);
  }

  @Override
  public Bytes call(Address to, Bytes input) throws LedgerException {
    return ask(ledger -> ledger.call(to, input));
  }

  @Override
  public long estimateGas(Address from, Address to, Amount value, Bytes input)
      throws LedgerException {
    return ask(ledger -> ledger.estimateGas(from, to, value, input));
  }

  @Override
  public long nonce(Address account) throws LedgerException {
    return ask(ledger -> ledger.nonce(account));
  }

  @Override
  public Amount balance(Address account) throws LedgerException {
    return ask(ledger -> ledger.balance(account));
  }

  @Override
  public Hash submit(SignedTransaction transaction) throws LedgerException {
    return ask(ledger -> ledger.submit(transaction));
  }

  @Override
  public Optional<TxReceipt> receipt(Hash transaction) throws LedgerException {
    return ask(ledger -> ledger.receipt(transaction));
  }

  @Override
  public List<LedgerLog> logs(LogFilter filter) throws LedgerException {
    return ask(ledger -> ledger.logs(filter));
  }

  @Override
  public synchronized Subscription onHead(Consumer<Head> listener) {
    Watch watch = new Watch(listener);
    watches.add(watch);
    Ledger ledger = current;
    if (ledger != null) {
      watch.attach(ledger);
    }
    return () -> {
      watches.remove(watch);
      watch.detach();
    };
  }

  /// Does nothing: the ledger belongs to the devnet, which detaches it.
  @Override
  public void close() {}
}
