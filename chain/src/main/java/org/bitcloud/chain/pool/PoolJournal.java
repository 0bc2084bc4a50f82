package org.bitcloud.chain.pool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bitcloud.chain.Subscription;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.TransactionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a pool's transactions across restarts in a file; `docs/spec/mempool-journal.md`.
///
/// What the file holds goes through the pool's own admission. A thread of its own reads and writes;
/// whoever submits only leaves a reference. Where that thread falls behind, or the file has grown
/// past what waits, it is written anew from the pool. A disk that fails ends the journal, not the
/// node.
public final class PoolJournal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PoolJournal.class);

  /* What waits to be written; beyond it the file is written anew. */
  private static final int COUNT_MAX = 32_768;
  private static final long BYTES_MAX = 16L << 20;

  /* Waking the thread and writing costs as much as taking a transaction in: so it takes what comes
  within a moment together. Who loses the node in that moment loses the moment. */
  private static final long GATHER_NANOS = 10_000_000;

  private final Mempool pool;
  private final Path path;
  private final long slackBytes;
  private final CompletableFuture<Loaded> loaded = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<SignedTransaction> waiting = new ArrayList<>();
  private long waitingBytes;
  private boolean behind; // some were not put into `waiting`
  private volatile boolean closing; // written under the lock
  private boolean readingEndedEarly; // this journal's own thread
  private final Thread thread;
  private Subscription following = () -> {};

  private PoolJournal(Mempool pool, Path path, long slackBytes) {
    this.pool = pool;
    this.path = path;
    this.slackBytes = slackBytes;
    this.thread = Thread.ofPlatform().name("bitcloud-pool-journal").unstarted(this::run);
  }

  /// What became of the transactions in the file.
  ///
  /// @param taken how many wait again
  /// @param refused how many the pool did not want any more; one may be in the file twice
  /// @param damaged how many could not be read
  public record Loaded(int taken, int refused, int damaged) {}

  /// Opens the journal: takes back what the file holds, in the background, and follows the pool
  /// until it is closed.
  ///
  /// @param path the file; need not exist, its folder must
  public static PoolJournal open(Mempool pool, Path path) {
    return open(pool, path, 8L << 20);
  }

  /// @param slackBytes how far the file may outgrow twice what waits
  static PoolJournal open(Mempool pool, Path path, long slackBytes) {
    PoolJournal journal = new PoolJournal(pool, path, slackBytes);
    journal.following = pool.subscribe(journal::note);
    journal.thread.start();
    return journal;
  }

  /// Done once everything in the file has been through the pool's admission.
  public Future<Loaded> loaded() {
    return loaded;
  }

  private void note(SignedTransaction transaction) {
    if (Thread.currentThread().equals(thread)) {
      return; // it comes from the file
    }
    lock.lock();
    try {
      boolean idle = waiting.isEmpty() && !behind;
      if (waiting.size() >= COUNT_MAX || waitingBytes + transaction.size() > BYTES_MAX) {
        behind = true;
      } else {
        waiting.add(transaction);
        waitingBytes += transaction.size();
      }
      if (idle) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      load();
      if (!readingEndedEarly) {
        write();
      }
    } catch (IOException e) {
      LOG.warn("no journal of the pool, what waits is lost when this node stops: {}", e.toString());
    } catch (RuntimeException e) { // the root of a thread
      LOG.error("the journal of the pool failed: {}", path, e);
    } finally {
      following.close();
      loaded.complete(new Loaded(0, 0, 0)); // where it was not done before
    }
  }

  // ---- reading ----

  private void load() throws IOException {
    int[] counts = new int[3]; // taken, refused, damaged
    JournalFile.Found found = JournalFile.read(path, record -> resubmit(record, counts));
    if (found.damaged() + found.cutBytes() > 0) {
      LOG.warn(
          "left out of {}: {} damaged records, and {} bytes at its end",
          path,
          found.damaged(),
          found.cutBytes());
    }
    if (found.records() > 0) {
      LOG.info("{} of {} transactions in {} wait again", counts[0], found.records(), path);
    }
    loaded.complete(new Loaded(counts[0], counts[1], counts[2] + found.damaged()));
  }

  /* A node that stops meanwhile leaves the file as it is. */
  private boolean resubmit(Bytes record, int[] counts) {
    if (closing) {
      readingEndedEarly = true;
      return false;
    }
    try {
      SignedTransaction transaction = SignedTransaction.decode(record);
      /* What came while the file was renewed may be in it twice. */
      if (pool.known(transaction.hash()).isEmpty()) {
        counts[pool.submit(transaction).isAdded() ? 0 : 1]++;
      }
    } catch (TransactionException e) {
      counts[2]++;
    }
    return true;
  }

  // ---- writing ----

  private void write() throws IOException {
    JournalFile file = renew(null);
    try {
      for (List<SignedTransaction> batch = take(); batch != null; batch = take()) {
        file.append(batch);
        if (isBehind() || file.size() > slackBytes + 2 * pool.bytes()) {
          file = renew(file);
        }
      }
    } finally {
      file.close();
    }
  }

  /* What is in the pool after the list was emptied needs no place in the list. */
  private JournalFile renew(@Nullable JournalFile old) throws IOException {
    if (old != null) {
      old.close();
    }
    lock.lock();
    try {
      var _ = empty();
      behind = false;
    } finally {
      lock.unlock();
    }
    return JournalFile.replace(path, pool.waiting());
  }

  private boolean isBehind() {
    lock.lock();
    try {
      return behind;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for something to write; null once it is closed and nothing is left.
  private @Nullable List<SignedTransaction> take() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !behind && !closing) {
        changed.awaitUninterruptibly();
      }
      gather();
      boolean over = closing && waiting.isEmpty() && !behind;
      return over ? null : empty();
    } finally {
      lock.unlock();
    }
  }

  /* Ends at once where the journal is closed meanwhile. */
  private void gather() {
    long left = GATHER_NANOS;
    try {
      while (!closing && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does that; then it writes what there is
    }
  }

  private List<SignedTransaction> empty() {
    List<SignedTransaction> taken = waiting;
    waiting = new ArrayList<>();
    waitingBytes = 0;
    return taken;
  }

  /// Writes what waits to be written and stops. To be closed before the pool.
  @Override
  public void close() {
    following.close();
    lock.lock();
    try {
      closing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
