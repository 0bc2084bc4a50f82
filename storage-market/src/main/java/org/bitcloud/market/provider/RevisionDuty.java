package org.bitcloud.market.provider;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts revisions that the renter has not posted itself, in the second half of each window, so
/// that the next one pays for bytes that are there.
///
/// A renter posts what it signs at once; two transactions with one revision would cost the later
/// one its fee for nothing. So a revision is left to the renter for an eighth of a window, at most
/// [#GRACE_MAX], from the first block at which it was seen here. For one thread.
final class RevisionDuty {
  /// Longest time that a renter is given; long enough for several attempts.
  static final Duration GRACE_MAX = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(RevisionDuty.class);

  private final StorageClient chain;
  private final TransactionSender sender;
  private final ContractBook book;

  // A renter that signs one revision after the other still has the first one posted in time.
  private final Map<Hash, Waiting> waiting = new HashMap<>();

  private record Waiting(SignedRevision revision, long sinceMillis) {}

  RevisionDuty(StorageClient chain, TransactionSender sender, ContractBook book) {
    this.chain = chain;
    this.sender = sender;
    this.book = book;
  }

  void run(Head head) throws LedgerException {
    note(head);
    if (waiting.isEmpty()) {
      return;
    }
    WindowStatus window = chain.window();
    if (head.timeMillis() - window.openTimeMillis() < window.lengthMillis() / 2) {
      return;
    }
    long grace = Math.min(window.lengthMillis() / 8, GRACE_MAX.toMillis());
    for (Map.Entry<Hash, Waiting> one : List.copyOf(waiting.entrySet())) {
      @Nullable ContractEntry entry = book.entry(one.getKey());
      if (entry != null && head.timeMillis() - one.getValue().sinceMillis() >= grace) {
        post(entry, one.getValue().revision());
        Waiting _ = waiting.remove(one.getKey());
      }
    }
  }

  private void note(Head head) {
    boolean _ = waiting.keySet().removeIf(id -> !isDue(book.entry(id)));
    for (ContractEntry entry : book.entries()) {
      @Nullable SignedRevision newest = isDue(entry) ? newest(entry) : null;
      if (newest != null) {
        Waiting _ = waiting.putIfAbsent(entry.id, new Waiting(newest, head.timeMillis()));
      }
    }
  }

  private static boolean isDue(@Nullable ContractEntry entry) {
    return entry != null && entry.state == ContractEntry.State.ACTIVE && entry.hasUnposted();
  }

  private void post(ContractEntry entry, SignedRevision signed) throws LedgerException {
    Optional<ContractStatus> status = chain.contract(entry.id);
    if (status.isEmpty()) {
      return;
    }
    long number = signed.revision().revision();
    if (status.get().revision() < number) {
      try {
        TxReceipt _ =
            sender
                .send(
                    StorageAbi.ADDRESS,
                    Amount.ZERO,
                    new StorageCall.Revise(
                            signed.revision(),
                            signed.renter().toBytes65(),
                            signed.provider().toBytes65())
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
    posted(entry, Math.max(number, status.get().revision()));
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
