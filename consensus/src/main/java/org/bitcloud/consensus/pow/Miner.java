package org.bitcloud.consensus.pow;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.runtime.Grinder;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.jspecify.annotations.Nullable;

/// Looks for nonces of `pow` headers on threads of its own, which begin with the first header: a
/// node whose engine has no work to prove has none.
public final class Miner implements Grinder, AutoCloseable {
  /// Most threads of one miner.
  public static final int THREADS_MAX = 256;

  private static final int TRIES = 2048; // about a millisecond between looks at what to do
  private static final Duration STOP_MAX = Duration.ofSeconds(5);

  private final int count;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final List<Thread> threads = new ArrayList<>();

  private volatile @Nullable Job job;
  private volatile boolean closed;

  /// A miner that will have so many threads.
  ///
  /// @param threads 1 to [#THREADS_MAX]
  public Miner(int threads) {
    if (threads < 1 || threads > THREADS_MAX) {
      throw new IllegalArgumentException("a miner has 1 to %d threads".formatted(THREADS_MAX));
    }
    this.count = threads;
  }

  private record Job(
      BlockHeader template,
      PowSeal seal,
      Hash preimage,
      AtomicBoolean done,
      Consumer<BlockHeader> found) {}

  @Override
  public void grind(BlockHeader template, BigInteger target, Consumer<BlockHeader> found) {
    PowSeal seal;
    try {
      seal = PowSeal.decode(template.sealData());
    } catch (MalformedException e) {
      throw new IllegalArgumentException("not a pow header: " + template, e);
    }
    Hash preimage = Work.preimage(template, seal);
    synchronized (lock) {
      if (closed) {
        return;
      }
      job = new Job(template, seal, preimage, new AtomicBoolean(), found);
      while (threads.size() < count) {
        threads.add(start(threads.size()));
      }
      lock.notifyAll();
    }
  }

  private Thread start(int index) {
    return Thread.ofPlatform().name("bitcloud-miner-" + index).daemon().start(() -> run(index));
  }

  private void run(int index) {
    try {
      while (!closed) {
        work(await(), index);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Job await() throws InterruptedException {
    synchronized (lock) {
      while (!closed && (job == null || job.done().get())) {
        lock.wait();
      }
      return job;
    }
  }

  // Reference equality is meant: a new template is a new job.
  @SuppressWarnings("ReferenceEquality")
  private void work(@Nullable Job mine, int index) {
    if (mine == null) {
      return;
    }
    NonceSearch search = new NonceSearch(mine.preimage(), mine.seal().target());
    long nonce = index;
    while (!closed && job == mine && !mine.done().get()) {
      OptionalLong found = search.find(nonce, count, TRIES);
      if (found.isPresent() && mine.done().compareAndSet(false, true)) {
        PowSeal seal = mine.seal().withNonce(found.getAsLong());
        mine.found().accept(mine.template().withSealData(seal.encode()));
      }
      nonce += (long) count * TRIES;
    }
  }

  /// Stops looking and waits, at most 5 s, for the threads to end. Idempotent.
  @Override
  public void close() {
    List<Thread> running;
    synchronized (lock) {
      closed = true;
      running = List.copyOf(threads);
      lock.notifyAll();
    }
    try {
      for (Thread thread : running) {
        var _ = thread.join(STOP_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
