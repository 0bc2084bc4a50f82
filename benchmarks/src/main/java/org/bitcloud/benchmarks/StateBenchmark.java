package org.bitcloud.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.bitcloud.chain.state.StateOptions;
import org.bitcloud.chain.state.StateOverlay;
import org.bitcloud.chain.state.StateProof;
import org.bitcloud.chain.state.StateStore;
import org.bitcloud.chain.state.Workers;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.store.Durability;
import org.bitcloud.store.RocksDbStore;
import org.bitcloud.store.StoreOptions;
import org.bitcloud.store.WriteBatch;
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

/// The state on disk under blocks that each change 10,000 random entries; figures are entries a
/// second. Nodes and entries have three eighths of the heap: ten million keys want `-jvmArgsAppend
/// -Xmx5g`. What of it the store alone takes, [StoreBenchmark] tells.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx1g"})
public class StateBenchmark {
  private static final int UPDATES = 10_000;
  private static final int PROOFS = 100;

  /// Entries in the state.
  @Param({"1000000", "10000000"})
  public int keys;

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Bytes> proofs = new ArrayList<>();
  private Hash provenRoot = Hash.ZERO;
  private Path directory = Path.of("");
  private ExecutorService pool;
  private RocksDbStore store;
  private StateStore state;
  private long height;

  /// Nothing until [#fill].
  @SuppressWarnings("NullAway.Init")
  public StateBenchmark() {}

  /// Makes the state, block by block.
  @Setup(Level.Trial)
  public void fill() throws IOException {
    directory = Files.createTempDirectory("bitcloud-state-benchmark");
    store = RocksDbStore.open(directory, StateStore.columns(), StoreOptions.forMemory(384L << 20));
    int processors = Runtime.getRuntime().availableProcessors();
    pool = Executors.newFixedThreadPool(processors);
    long memory = Runtime.getRuntime().maxMemory() / 8 * 3;
    StateOptions options = StateOptions.DEFAULT.withCacheBytes(memory);
    state = StateStore.open(store, options, new Workers(pool, processors));
    for (int from = 0; from < keys; from += UPDATES) {
      StateOverlay overlay = state.head().child();
      for (int i = from; i < from + UPDATES; i++) {
        overlay.put(Entries.key(i), Entries.value(random));
      }
      write(overlay, Durability.ASYNC);
    }
    provenRoot = state.root();
    for (int i = 0; i < PROOFS; i++) {
      proofs.add(state.head().prove(Entries.key(i)).encode());
    }
  }

  private StateOverlay block() {
    StateOverlay overlay = state.head().child();
    for (int i = 0; i < UPDATES; i++) {
      overlay.put(Entries.key(random.nextInt(keys)), Entries.value(random));
    }
    return overlay;
  }

  private void write(StateOverlay overlay, Durability durability) {
    WriteBatch batch = new WriteBatch();
    state.commit(overlay, Height.of(height++), batch);
    store.write(batch, durability);
  }

  /// Root, undo data and everything else of a block, durable on disk.
  @Benchmark
  @OperationsPerInvocation(UPDATES)
  public Hash commit() {
    StateOverlay overlay = block();
    write(overlay, Durability.SYNC);
    return overlay.root();
  }

  /// The root alone, as a validator computes it before a block is decided.
  @Benchmark
  @OperationsPerInvocation(UPDATES)
  public Hash seal() {
    return block().seal();
  }

  /// Proofs made, each for a random entry.
  @Benchmark
  @OperationsPerInvocation(PROOFS)
  public int prove() {
    int steps = 0;
    for (int i = 0; i < PROOFS; i++) {
      steps += state.head().prove(Entries.key(random.nextInt(keys))).siblings().size();
    }
    return steps;
  }

  /// Proofs decoded and checked by somebody who has the root alone.
  @Benchmark
  @OperationsPerInvocation(PROOFS)
  public int check() throws MalformedException {
    int size = 0;
    for (int i = 0; i < PROOFS; i++) {
      size +=
          StateProof.decode(proofs.get(i)).verify(provenRoot, Entries.key(i)).orElseThrow().size();
    }
    return size;
  }

  /// Closes the store and deletes its directory.
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    store.close();
    pool.shutdown();
    Entries.delete(directory);
  }
}
