package org.bitcloud.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.store.Column;
import org.bitcloud.store.Durability;
import org.bitcloud.store.RocksDbStore;
import org.bitcloud.store.StoreOptions;
import org.bitcloud.store.WriteBatch;
import org.jspecify.annotations.Nullable;
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

/// The store alone under the blocks of [StateBenchmark], on one thread: no tree, no root, no cache.
/// Figures are entries a second.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx1g"})
public class StoreBenchmark {
  private static final int UPDATES = 10_000;
  private static final Column NOW = Column.of("now");
  private static final Column BEFORE = Column.of("before");

  /// Entries in the store.
  @Param({"1000000", "10000000"})
  public int keys;

  private final SplittableRandom random = new SplittableRandom(1);
  private Path directory = Path.of("");
  private RocksDbStore store;
  private int block;

  /// Nothing until [#fill].
  @SuppressWarnings("NullAway.Init")
  public StoreBenchmark() {}

  /// Writes all entries.
  @Setup(Level.Trial)
  public void fill() throws IOException {
    directory = Files.createTempDirectory("bitcloud-store-benchmark");
    store = RocksDbStore.open(directory, List.of(NOW, BEFORE), StoreOptions.forMemory(384L << 20));
    for (int from = 0; from < keys; from += UPDATES) {
      WriteBatch batch = new WriteBatch();
      for (int i = from; i < from + UPDATES; i++) {
        batch.put(NOW, Entries.key(i), Entries.value(random));
      }
      store.write(batch, Durability.ASYNC);
    }
  }

  /// The values of random entries read, and a synced batch of new ones and of those they replace.
  @Benchmark
  @OperationsPerInvocation(UPDATES)
  public int replace() {
    List<Bytes> entries = new ArrayList<>(UPDATES);
    for (int i = 0; i < UPDATES; i++) {
      entries.add(Entries.key(random.nextInt(keys)));
    }
    List<@Nullable Bytes> values = store.getAll(NOW, entries);
    WriteBatch batch = new WriteBatch();
    Bytes height = Bytes.of((byte) (block >>> 8), (byte) block);
    block++;
    for (int i = 0; i < UPDATES; i++) {
      Bytes key = entries.get(i);
      Bytes value = values.get(i);
      if (value != null) {
        batch.put(BEFORE, Bytes.concat(key, height), value);
      }
      batch.put(NOW, key, Entries.value(random));
    }
    store.write(batch, Durability.SYNC);
    return batch.size();
  }

  /// Closes the store and deletes its directory.
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    store.close();
    Entries.delete(directory);
  }
}
