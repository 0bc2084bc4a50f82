package org.bitcloud.market;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.tx.SignedTransaction;

/// The chain as the storage market sees it: views, accounts, transactions, receipts, logs and
/// heads.
///
/// Calls block until they are answered; callers use virtual threads. Every method may be called by
/// any thread. A failure is a [LedgerException] whose kind says whether trying again can help.
public interface Ledger extends AutoCloseable {
  /// Names the network: chain id and genesis hash, which never change.
  NetworkInfo network() throws LedgerException;

  /// Returns the newest block.
  Head head() throws LedgerException;

  /// Calls a read-only function of a corporation on the newest state and returns its ABI output.
  ///
  /// A revert is a [LedgerException] of kind `REVERTED` that carries the reason.
  Bytes call(Address to, Bytes input) throws LedgerException;

  /// Runs a transaction on the newest state without keeping anything and returns the gas it used.
  ///
  /// A revert is a [LedgerException] of kind `REVERTED` that carries the reason.
  long estimateGas(Address from, Address to, Amount value, Bytes input) throws LedgerException;

  /// Returns the next nonce of an account, its pending transactions counted.
  long nonce(Address account) throws LedgerException;

  /// Returns the balance of an account at the newest block.
  Amount balance(Address account) throws LedgerException;

  /// Hands a transaction to the network and returns its hash; the same one twice is no error.
  ///
  /// What the pool refuses is a [LedgerException] of kind `REJECTED` with the pool's words.
  Hash submit(SignedTransaction transaction) throws LedgerException;

  /// Returns the receipt of a transaction that is in a block of the best chain.
  Optional<TxReceipt> receipt(Hash transaction) throws LedgerException;

  /// Returns the logs that match, in order of the chain.
  List<LedgerLog> logs(LogFilter filter) throws LedgerException;

  /// Calls the listener with each new newest block, and once soon after the subscription.
  ///
  /// Heads may be skipped, never repeated or reordered. The listener runs on a thread of the ledger
  /// and must not block.
  Subscription onHead(Consumer<Head> listener);

  /// Releases connections and threads; subscriptions end.
  @Override
  void close();
}
