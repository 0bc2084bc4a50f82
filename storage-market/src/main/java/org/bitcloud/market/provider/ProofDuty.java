package org.bitcloud.market.provider;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bitcloud.contracts.storage.Challenge;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageProof;
import org.bitcloud.contracts.storage.StorageRule;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.market.Head;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the challenge of each window as soon as it opens, and brings the book up to date.
///
/// A window that could not be proven yet is tried again at every block until it closes.
final class ProofDuty {
  private static final Logger LOG = LoggerFactory.getLogger(ProofDuty.class);

  private final StorageClient chain;
  private final TransactionSender sender;
  private final ProofBuilder builder;
  private final ContractRefresh refresh;
  private final Address provider;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private boolean stopped;
  private volatile Progress progress = new Progress(-1, 0, -1, 0, "");

  /// What was proven since the start.
  ///
  /// @param handled the last window that needs nothing more; -1 before the first
  /// @param windows windows proven, in part or in full
  /// @param lastProven the last window with a proof on chain; -1 before the first
  /// @param lastLeaves draws proven in it
  /// @param problem what went wrong in the newest window; empty when nothing did
  record Progress(long handled, long windows, long lastProven, int lastLeaves, String problem) {}

  ProofDuty(
      StorageClient chain,
      TransactionSender sender,
      ProofBuilder builder,
      ContractRefresh refresh,
      Address provider) {
    this.chain = chain;
    this.sender = sender;
    this.builder = builder;
    this.refresh = refresh;
    this.provider = provider;
  }

  Progress progress() {
    return progress;
  }

  /// Waits until all is done that a window asks for.
  ///
  /// @return whether it is, within the time
  boolean awaitHandled(long window, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (progress.handled() < window && left > 0 && !stopped) {
        left = moved.awaitNanos(left);
      }
      return progress.handled() >= window;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the waiting: nothing will be handled any more.
  void giveUp() {
    lock.lock();
    try {
      stopped = true;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void run(Head head) throws LedgerException {
    WindowStatus window = chain.window();
    if (window.index() <= progress.handled()) {
      return;
    }
    refresh.run(head);
    Challenge challenge = chain.challenge(provider);
    if (challenge.window() != window.index()) {
      // The chain moved on between the two views; the next block begins anew.
      return;
    }
    if (challenge.leaves().isEmpty()) {
      settle();
      handled(window.index());
    } else {
      prove(challenge);
    }
  }

  private void prove(Challenge challenge) throws LedgerException {
    if (chain.provider(provider).provenMask() != 0) {
      handled(challenge.window());
      return;
    }
    StorageProof proof = builder.build(challenge);
    if (proof.answers().isEmpty()) {
      LOG.error("window {}: not one of the drawn leaves can be proven", challenge.window());
      move(
          new Progress(
              challenge.window(),
              progress.windows,
              progress.lastProven,
              progress.lastLeaves,
              "no drawn leaf of window " + challenge.window() + " is there"));
      return;
    }
    try {
      TxReceipt _ =
          sender
              .send(
                  StorageAbi.ADDRESS,
                  Amount.ZERO,
                  new StorageCall.Prove(challenge.window(), proof.encode()).encode())
              .await();
      proven(challenge, proof);
    } catch (LedgerException e) {
      refused(challenge, e);
    }
  }

  private void refused(Challenge challenge, LedgerException e) throws LedgerException {
    if (StorageClient.isRule(e, StorageRule.ALREADY_PROVEN)
        || StorageClient.isRule(e, StorageRule.WINDOW_NOT_OPEN)) {
      // By an earlier life of this provider, or too late: the next block shows the open window.
      return;
    }
    move(
        new Progress(
            progress.handled,
            progress.windows,
            progress.lastProven,
            progress.lastLeaves,
            "window " + challenge.window() + ": " + e.getMessage()));
    throw e;
  }

  private void proven(Challenge challenge, StorageProof proof) {
    int draws = 0;
    for (Challenge.Drawn draw : challenge.leaves()) {
      boolean there =
          proof.answers().stream()
              .anyMatch(
                  a ->
                      a.contractId().equals(draw.contractId())
                          && a.indices().contains(draw.leafIndex()));
      draws += there ? 1 : 0;
    }
    int missing = challenge.leaves().size() - draws;
    if (missing > 0) {
      LOG.warn("window {}: {} drawn leaves are missing", challenge.window(), missing);
    }
    LOG.info(
        "window {} proven: {} of {} leaves", challenge.window(), draws, challenge.leaves().size());
    move(
        new Progress(
            challenge.window(),
            progress.windows + 1,
            challenge.window(),
            draws,
            missing == 0
                ? ""
                : missing + " drawn leaves of window " + challenge.window() + " are missing"));
  }

  // With nothing to prove nothing settles by the way, so the last windows of ended contracts are
  // settled here and their collateral comes back.
  private void settle() throws LedgerException {
    ProviderStatus status = chain.provider(provider);
    if (status.unsettled() == 0 || status.contracts() == 0) {
      return;
    }
    try {
      TxReceipt _ =
          sender
              .send(StorageAbi.ADDRESS, Amount.ZERO, new StorageCall.Settle(provider).encode())
              .await();
    } catch (LedgerException e) {
      if (!StorageClient.isRule(e, StorageRule.NOTHING_TO_SETTLE)) {
        throw e;
      }
    }
  }

  private void handled(long window) {
    move(new Progress(window, progress.windows, progress.lastProven, progress.lastLeaves, ""));
  }

  private void move(Progress next) {
    lock.lock();
    try {
      progress = next;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
