package org.bitcloud.node.adapter;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.bitcloud.chain.AppliedBlock;
import org.bitcloud.chain.ChainListener;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.LogEntry;
import org.bitcloud.chain.LogRangeException;
import org.bitcloud.chain.TransactionLocation;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.pool.MempoolVerdict;
import org.bitcloud.chain.pool.PoolRule;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.contracts.CallResult;
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

/// The market's ledger over the chain of the same process.
public final class DirectLedger implements Ledger {
  private final ChainView chain;
  private final Mempool pool;
  private final InstantSource clock;
  private final ExecutorService heads =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("ledger-heads").daemon().factory());

  /// A ledger over a chain and its pool; closing it leaves both open.
  public DirectLedger(ChainView chain, Mempool pool, InstantSource clock) {
    this.chain = chain;
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public NetworkInfo network() {
    return new NetworkInfo(chain.genesis().chainId(), chain.genesisHash());
  }

  @Override
  public Head head() {
    return head(chain.head());
  }

  private static Head head(BlockHeader header) {
    return new Head(header.height(), header.hash(), header.timeMillis(), header.baseFee());
  }

  @Override
  public Bytes call(Address to, Bytes input) throws LedgerException {
    return run(Address.ZERO, to, Amount.ZERO, input).output();
  }

  @Override
  public long estimateGas(Address from, Address to, Amount value, Bytes input)
      throws LedgerException {
    return run(from, to, value, input).gasUsed();
  }

  private CallResult run(Address from, Address to, Amount value, Bytes input)
      throws LedgerException {
    BlockHeader head = chain.head();
    var context =
        chain.pendingContext(Math.max(clock.millis(), head.timeMillis() + 1), head.proposer());
    try (StateView state = chain.latestState()) {
      CallResult result =
          chain.rules().call(state::get, context, from, to, value, input, head.gasLimit());
      if (result.success()) {
        return result;
      }
      throw new LedgerException(Kind.REVERTED, result.message());
    }
  }

  @Override
  public long nonce(Address account) {
    return pool.pendingNonce(account);
  }

  @Override
  public Amount balance(Address account) {
    return chain.account(account).balance();
  }

  @Override
  public Hash submit(SignedTransaction transaction) throws LedgerException {
    if (pool.submit(transaction) instanceof MempoolVerdict.Refused refused
        && refused.rule() != PoolRule.ALREADY_KNOWN) {
      throw new LedgerException(Kind.REJECTED, refused.message());
    }
    return transaction.hash();
  }

  @Override
  public Optional<TxReceipt> receipt(Hash transaction) {
    return chain.transaction(transaction).flatMap(location -> receipt(transaction, location));
  }

  private Optional<TxReceipt> receipt(Hash transaction, TransactionLocation location) {
    Optional<List<Receipt>> receipts = chain.receipts(location.block());
    if (receipts.isEmpty()) {
      return Optional.empty();
    }
    int firstLog = 0;
    for (Receipt earlier : receipts.get().subList(0, location.index())) {
      firstLog += earlier.logs().size();
    }
    Receipt receipt = receipts.get().get(location.index());
    List<LedgerLog> logs = new ArrayList<>();
    for (int i = 0; i < receipt.logs().size(); i++) {
      logs.add(new LedgerLog(receipt.logs().get(i), location.height(), transaction, firstLog + i));
    }
    return Optional.of(
        new TxReceipt(
            transaction,
            location.height(),
            receipt.success(),
            receipt.gasUsed(),
            receipt.effectiveGasPrice(),
            logs,
            receipt.success() ? "" : RevertReason.of(receipt.output())));
  }

  @Override
  public List<LedgerLog> logs(LogFilter filter) throws LedgerException {
    var wanted =
        new org.bitcloud.chain.LogFilter(
            filter.from(), filter.to(), List.of(filter.address()), filter.topics());
    try {
      List<LedgerLog> logs = new ArrayList<>();
      for (LogEntry entry : chain.logs(wanted)) {
        logs.add(new LedgerLog(entry.log(), entry.height(), entry.transaction(), entry.logIndex()));
      }
      return logs;
    } catch (LogRangeException e) {
      throw new LedgerException(Kind.REJECTED, String.valueOf(e.getMessage()));
    }
  }

  /// Heads are handed on by a thread of this ledger, so that a listener never holds up the chain.
  @Override
  public Subscription onHead(Consumer<Head> listener) {
    var latest = new LatestHead(listener);
    var subscription =
        chain.subscribe(
            new ChainListener() {
              @Override
              public void applied(AppliedBlock block) {
                latest.offer(head(block.block().header()), heads);
              }
            });
    latest.offer(head(), heads);
    return subscription::close;
  }

  @Override
  public void close() {
    heads.shutdownNow();
  }
}
