package org.bitcloud.benchmarks;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bitcloud.chain.BuildRequest;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.Commit;
import org.bitcloud.chain.HeaderRules;
import org.bitcloud.chain.TransactionSource;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.KnownTransactions;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.MemoryStore;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A block of 2,000 transfers on all cores; every figure is transactions a second.
///
/// Cold: every sender is recovered. Warm: the pool has recovered them. Execution: the state after
/// it and all roots, alone and on top of a warm check. Decoding is not in the figures.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class BlockValidationBenchmark {
  private static final int COUNT = 2_000;

  private final ExecutorService pool =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private final Transfers transfers = new Transfers();
  private final List<SignedTransaction> known = transfers.make(COUNT, 0);
  private final Map<Hash, SignedTransaction> byHash =
      known.stream().collect(Collectors.toMap(SignedTransaction::hash, Function.identity()));
  private final KnownTransactions remembered = hash -> Optional.ofNullable(byHash.get(hash));
  private final Genesis genesis = transfers.genesis(COUNT);
  private Bytes encoded = Bytes.EMPTY;
  private final Chain chain = open();
  private final Chain knowing = knowing();
  private Block block = build();

  private Chain open() {
    return Chain.open(
        MemoryStore.open(Chain.columns()),
        genesis,
        Rules.of(Transfers.CHAIN_ID, genesis.feeSchedule(), List.of()),
        HeaderRules.NONE,
        pool);
  }

  private Chain knowing() {
    Chain opened = open();
    opened.useKnown(remembered);
    return opened;
  }

  private Block build() {
    Iterator<SignedTransaction> rest = known.iterator();
    TransactionSource source = () -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
    UnsealedBlock built =
        chain.build(BuildRequest.on(chain.head(), 2, Address.ZERO, Bytes.of((byte) 0xc0)), source);
    if (built.body().transactions().size() != COUNT) {
      throw new IllegalStateException("the builder refused transfers");
    }
    Block sealed = built.seal(Bytes.EMPTY);
    encoded = sealed.encode();
    return sealed;
  }

  /// Gives every call a block that remembers nothing. The chains may stay: they take a block that
  /// was decoded again for another one.
  @Setup(Level.Invocation)
  public void forget() throws MalformedException {
    block = Block.decode(encoded);
  }

  /// Stops the pool.
  @TearDown
  public void stop() {
    pool.shutdownNow();
  }

  /// Every check that needs no state, senders unknown.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void checkCold() {
    require(chain.check(block, Instant.EPOCH).isAccepted());
  }

  /// Every check that needs no state, senders known.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void checkWarm() {
    require(knowing.check(block, Instant.EPOCH).isAccepted());
  }

  /// A chain of each call's own, on which the block is to be executed.
  @State(Scope.Benchmark)
  public static class Fresh {
    private @Nullable Chain chain;

    /// Opens the chain.
    @Setup(Level.Invocation)
    public void open(BlockValidationBenchmark bench) {
      chain = bench.knowing();
    }

    private Chain chain() {
      return Objects.requireNonNull(chain, "no set-up has run");
    }
  }

  /// Has the block checked before the call, so that nothing but its execution is left.
  @State(Scope.Benchmark)
  public static class Checked {
    /// Checks the block that the call is given.
    @Setup(Level.Invocation)
    public void check(BlockValidationBenchmark bench, Fresh fresh) {
      require(fresh.chain().check(bench.block, Instant.EPOCH).isAccepted());
    }
  }

  /// Execution alone, with the state root and the roots of receipts and lists.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void executeChecked(Fresh fresh, Checked checked) {
    require(fresh.chain().execute(block, Instant.EPOCH).isAccepted());
  }

  /// Warm check, execution, state root and commit to a store in memory.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void executeAndDecideWarm(Fresh fresh) {
    require(fresh.chain().execute(block, Instant.EPOCH).isAccepted());
    fresh.chain().decide(Commit.finalize(block.hash()));
  }

  private static void require(boolean accepted) {
    if (!accepted) {
      throw new IllegalStateException("the block was refused");
    }
  }
}
