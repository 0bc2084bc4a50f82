package org.bitcloud.market.provider;

import java.util.concurrent.atomic.AtomicLong;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.market.Head;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.HeadGate;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.crypto.KeyPair;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settles windows of providers that do not settle themselves: those that are gone, and those whose
/// contracts ended. Every validator's node runs one; the reward is a share of pay and penalty.
///
/// A provider that proves settles its last window by that, so only those with two or more unsettled
/// windows need anybody.
public final class Settler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
  private static final long OVERDUE = 2;

  private final StorageClient chain;
  private final HeadGate heads;
  private final TransactionSender sender;
  private final DutyLoop loop;
  private long handled = -1;
  private final AtomicLong settled = new AtomicLong();

  private Settler(Ledger ledger, KeyPair key) {
    chain = new StorageClient(ledger);
    heads = new HeadGate(ledger);
    sender = new TransactionSender(ledger, heads, key);
    loop =
        new DutyLoop(
            "settler", heads, this::run, (what, cause) -> LOG.error("{} stops", what, cause));
  }

  /// Starts settling with the account of a key.
  public static Settler start(Ledger ledger, KeyPair key) {
    Settler settler = new Settler(ledger, key);
    settler.loop.start();
    return settler;
  }

  /// How many transactions it sent that settled something.
  public long settled() {
    return settled.get();
  }

  /// Stops settling.
  @Override
  public void close() {
    heads.close();
    loop.close();
  }

  private void run(Head head) throws LedgerException {
    WindowStatus window = chain.window();
    if (window.index() == handled) {
      return;
    }
    for (Address provider : chain.providers()) {
      ProviderStatus status = chain.provider(provider);
      if (status.unsettled() >= OVERDUE && status.contracts() > 0) {
        settle(provider);
      }
    }
    handled = window.index();
  }

  private void settle(Address provider) throws LedgerException {
    try {
      TxReceipt _ =
          sender
              .send(StorageAbi.ADDRESS, Amount.ZERO, new StorageCall.Settle(provider).encode())
              .await();
      long _ = settled.incrementAndGet();
    } catch (LedgerException e) {
      if (e.retryable()) {
        throw e;
      }
      // The provider settled meanwhile, or this account cannot pay: not worth another block.
      LOG.debug("could not settle {}: {}", provider, e.getMessage());
    }
  }
}
