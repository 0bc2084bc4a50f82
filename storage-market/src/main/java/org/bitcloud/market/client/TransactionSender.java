package org.bitcloud.market.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.bitcloud.market.Head;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends transactions of one account and carries them to their receipts: chooses nonces, gas and
/// fees, sends again what was lost and raises the fee of what is stuck.
///
/// Safe for any number of threads; nonces are given out one at a time.
public final class TransactionSender {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionSender.class);

  // Short, since a node that was restarted has forgotten what was in its pool.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// How often it is sent again before its sender hears that it failed.
  private static final int ATTEMPTS_MAX = 60;

  private static final int ATTEMPTS_AT_ONE_FEE = 5;

  // What every pool says of a nonce that the chain has seen.
  private static final String NONCE_TOO_LOW = "nonce too low";

  private static final int HASHES_MAX = ATTEMPTS_MAX / ATTEMPTS_AT_ONE_FEE;

  private final Ledger ledger;
  private final HeadGate heads;
  private final KeyPair key;
  private final Duration patience;
  private final ReentrantLock nonces = new ReentrantLock();

  /// A sender for the account of a key.
  public TransactionSender(Ledger ledger, HeadGate heads, KeyPair key) {
    this(ledger, heads, key, PATIENCE);
  }

  /// The same with another patience.
  ///
  /// @param patience how long a transaction may stay out of the chain before it is sent again
  TransactionSender(Ledger ledger, HeadGate heads, KeyPair key, Duration patience) {
    this.patience = patience;
    this.ledger = ledger;
    this.heads = heads;
    this.key = key;
  }

  /// The account that pays.
  public Address account() {
    return key.address();
  }

  /// A transaction on its way; [#await] carries it to its receipt.
  public final class Sent {
    private final List<SignedTransaction> versions = new ArrayList<>();

    private Sent(SignedTransaction first) {
      versions.add(first);
    }

    /// The hash of the newest version.
    public Hash hash() {
      return versions.getLast().hash();
    }

    /// Waits until the chain has the transaction, sending it again while it does not.
    ///
    /// @throws LedgerException `REVERTED` with the reason when it failed on chain, `UNAVAILABLE`
    ///   when it could not be brought into the chain
    public TxReceipt await() throws LedgerException {
      for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        Optional<TxReceipt> receipt = heads.await(this::receipt, patience);
        if (receipt.isPresent()) {
          return succeeded(receipt.get());
        }
        if (heads.isClosed() || Thread.currentThread().isInterrupted()) {
          throw new LedgerException(
              LedgerException.Kind.UNAVAILABLE, "stopped before transaction " + hash() + " was in");
        }
        sendAgain(attempt);
      }
      throw new LedgerException(
          LedgerException.Kind.UNAVAILABLE, "transaction " + hash() + " does not get into a block");
    }

    private Optional<TxReceipt> receipt() throws LedgerException {
      for (SignedTransaction version : versions) {
        Optional<TxReceipt> receipt = ledger.receipt(version.hash());
        if (receipt.isPresent()) {
          return receipt;
        }
      }
      return Optional.empty();
    }

    private void sendAgain(int attempt) throws LedgerException {
      Transaction lost = versions.getLast().transaction();
      try {
        // The same bytes, in case the pool forgot them; at times more for whoever includes it.
        if (attempt % ATTEMPTS_AT_ONE_FEE == ATTEMPTS_AT_ONE_FEE - 1
            && versions.size() < HASHES_MAX) {
          versions.add(raised((DynamicFeeTransaction) versions.getLast().transaction()));
        }
        Hash hash = ledger.submit(versions.getLast());
        LOG.debug("transaction {} sent again", hash);
      } catch (LedgerException e) {
        LOG.debug("transaction {} not taken again: {}", hash(), e.getMessage());
        if (String.valueOf(e.getMessage()).contains(NONCE_TOO_LOW) && receipt().isEmpty()) {
          // The pool forgot it and another one took its nonce, so it can never run any more.
          versions.clear();
          versions.add(signedAnew((DynamicFeeTransaction) lost));
        }
      }
    }
  }

  /// Sends a transaction; its gas is estimated, which tells at once when it would revert.
  ///
  /// @throws LedgerException `REVERTED` with the reason, `REJECTED` by the pool, or `UNAVAILABLE`
  public Sent send(Address to, Amount value, Bytes input) throws LedgerException {
    long gas = ledger.estimateGas(account(), to, value, input);
    // State may grow between now and the block; unused gas is not paid.
    return send(to, value, input, gas + gas / 2 + 50_000);
  }

  /// Sends a transaction with a limit of gas.
  ///
  /// @throws LedgerException `REJECTED` by the pool, or `UNAVAILABLE`
  public Sent send(Address to, Amount value, Bytes input, long gasLimit) throws LedgerException {
    return new Sent(submit(to, value, input, gasLimit));
  }

  private SignedTransaction submit(Address to, Amount value, Bytes input, long gasLimit)
      throws LedgerException {
    Head head = ledger.head();
    Amount tip = tip(head.baseFee());
    nonces.lock();
    try {
      SignedTransaction signed =
          SignedTransaction.sign(
              new DynamicFeeTransaction(
                  ledger.network().chainId(),
                  ledger.nonce(account()),
                  tip,
                  head.baseFee().times(2).plus(tip),
                  gasLimit,
                  to,
                  value,
                  input,
                  List.of()),
              key);
      Hash _ = ledger.submit(signed);
      return signed;
    } finally {
      nonces.unlock();
    }
  }

  private SignedTransaction signedAnew(DynamicFeeTransaction lost) throws LedgerException {
    return submit(lost.to().orElseThrow(), lost.value(), lost.input(), lost.gasLimit());
  }

  /// The most that a transaction with this gas would cost at present fees, in drops.
  public Amount feeBound(long gas) throws LedgerException {
    Amount baseFee = ledger.head().baseFee();
    return baseFee.times(2).plus(tip(baseFee)).times(gas);
  }

  private static TxReceipt succeeded(TxReceipt receipt) throws LedgerException {
    if (!receipt.success()) {
      throw new LedgerException(LedgerException.Kind.REVERTED, receipt.reason());
    }
    return receipt;
  }

  private SignedTransaction raised(DynamicFeeTransaction old) {
    return SignedTransaction.sign(
        new DynamicFeeTransaction(
            old.chainId(),
            old.nonce(),
            raised(old.maxPriorityFeePerGas()),
            raised(old.maxFeePerGas()),
            old.gasLimit(),
            old.to().orElseThrow(),
            old.value(),
            old.input(),
            List.of()),
        key);
  }

  // A pool takes a replacement from a tenth more on both fields.
  private static Amount raised(Amount fee) {
    return fee.plus(fee.dividedBy(8)).plus(Amount.ONE);
  }

  private static Amount tip(Amount baseFee) {
    return baseFee.dividedBy(10).plus(Amount.ONE);
  }
}
