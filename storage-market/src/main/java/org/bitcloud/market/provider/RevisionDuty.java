package org.bitcloud.market.provider;

import java.util.Optional;
import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageRule;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.market.Head;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.primitives.Amount;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts revisions that the renter has not posted itself, in the second half of each window, so
/// that the next one pays for bytes that are there.
final class RevisionDuty {
  private static final Logger LOG = LoggerFactory.getLogger(RevisionDuty.class);

  private final StorageClient chain;
  private final TransactionSender sender;
  private final ContractBook book;

  RevisionDuty(StorageClient chain, TransactionSender sender, ContractBook book) {
    this.chain = chain;
    this.sender = sender;
    this.book = book;
  }

  void run(Head head) throws LedgerException {
    if (book.entries().stream().noneMatch(RevisionDuty::isDue)) {
      return;
    }
    WindowStatus window = chain.window();
    if (head.timeMillis() - window.openTimeMillis() < window.lengthMillis() / 2) {
      return;
    }
    for (ContractEntry entry : book.entries()) {
      if (isDue(entry)) {
        post(entry);
      }
    }
  }

  private static boolean isDue(ContractEntry entry) {
    return entry.state == ContractEntry.State.ACTIVE && entry.hasUnposted();
  }

  private void post(ContractEntry entry) throws LedgerException {
    Optional<ContractStatus> status = chain.contract(entry.id);
    @Nullable SignedRevision newest = newest(entry);
    if (status.isEmpty() || newest == null) {
      return;
    }
    long number = newest.revision().revision();
    if (status.get().revision() < number) {
      try {
        TxReceipt _ =
            sender
                .send(
                    StorageAbi.ADDRESS,
                    Amount.ZERO,
                    new StorageCall.Revise(
                            newest.revision(),
                            newest.renter().toBytes65(),
                            newest.provider().toBytes65())
                        .encode())
                .await();
        LOG.info("posted revision {} of contract {}", number, entry.id);
      } catch (LedgerException e) {
        if (!StorageClient.isRule(e, StorageRule.REVISION_OLD)
            && !StorageClient.isRule(e, StorageRule.CONTRACT_ENDED)) {
          throw e;
        }
      }
    }
    posted(entry, number);
  }

  private static @Nullable SignedRevision newest(ContractEntry entry) {
    entry.lock.lock();
    try {
      return entry.newest;
    } finally {
      entry.lock.unlock();
    }
  }

  private void posted(ContractEntry entry, long number) {
    entry.lock.lock();
    try {
      if (entry.posted < number && entry.state == ContractEntry.State.ACTIVE) {
        entry.posted = number;
        book.update(entry);
      }
    } finally {
      entry.lock.unlock();
    }
  }
}
