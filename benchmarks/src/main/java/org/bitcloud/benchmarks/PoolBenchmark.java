package org.bitcloud.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.HeaderRules;
import org.bitcloud.chain.TransactionSource;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.pool.PoolLimits;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.RocksDbStore;
import org.bitcloud.store.StoreOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A mempool over a chain on disk takes in 10,000 transfers of 500 senders; every figure is
/// transactions a second.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class PoolBenchmark {
  private static final int COUNT = 10_000;
  private static final Amount BASE_FEE = Amount.of(1_000_000_000L);

  /// How many threads submit.
  @Param({"1", "2"})
  public int threads;

  private final Transfers transfers = new Transfers();
  private final List<SignedTransaction> known = transfers.make(COUNT, 0);
  private final List<Bytes> encoded = known.stream().map(SignedTransaction::encoded).toList();
  private final Genesis genesis = transfers.genesis(COUNT);
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final Path directory = temporary();
  private final RocksDbStore store =
      RocksDbStore.open(directory, Chain.columns(), StoreOptions.forMemory(64L << 20));
  private final Chain chain =
      Chain.open(
          store,
          genesis,
          Rules.of(Transfers.CHAIN_ID, genesis.feeSchedule(), List.of()),
          HeaderRules.NONE,
          Runnable::run);
  private Mempool empty = Mempool.open(chain, PoolLimits.DEFAULT);
  private final Mempool full = Mempool.open(chain, PoolLimits.DEFAULT);

  private static Path temporary() {
    try {
      return Files.createTempDirectory("pool-benchmark");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Fills the pool that blocks are taken from.
  @Setup
  public void fill() {
    known.forEach(transaction -> require(full.submit(transaction).isAdded()));
  }

  /// Gives every call an empty pool.
  @Setup(Level.Invocation)
  public void forget() {
    empty.close();
    empty = Mempool.open(chain, PoolLimits.DEFAULT);
  }

  /// Closes and removes the chain.
  @TearDown
  public void stop() throws IOException {
    callers.shutdownNow();
    chain.close();
    store.close();
    Entries.delete(directory);
  }

  /// As they come over the wire: decoded, senders recovered, admitted.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void admitEncoded() throws InterruptedException, ExecutionException {
    split(
        i -> {
          try {
            require(empty.submit(SignedTransaction.decode(encoded.get(i))).isAdded());
          } catch (MalformedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /// What the pool itself costs: the senders are known.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void admitKnownSenders() throws InterruptedException, ExecutionException {
    split(i -> require(empty.submit(known.get(i)).isAdded()));
  }

  /// What a block would take, in the order of tips.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public int offerToABlock() {
    TransactionSource source = full.source(BASE_FEE);
    int offered = 0;
    for (Optional<SignedTransaction> next = source.next(); next.isPresent(); ) {
      offered++;
      next = source.next();
    }
    require(offered == COUNT);
    return offered;
  }

  private interface Work {
    void at(int index);
  }

  private void split(Work work) throws InterruptedException, ExecutionException {
    List<Future<?>> parts = new ArrayList<>();
    for (int part = 0; part < threads; part++) {
      int first = part;
      parts.add(
          callers.submit(
              () -> {
                for (int i = first; i < COUNT; i += threads) {
                  work.at(i);
                }
              }));
    }
    for (Future<?> part : parts) {
      var _ = part.get();
    }
  }

  private static void require(boolean accepted) {
    if (!accepted) {
      throw new IllegalStateException("the pool refused a transfer");
    }
  }
}
