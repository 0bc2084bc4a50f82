package org.bitcloud.node.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.bitcloud.chain.AppliedBlock;
import org.bitcloud.chain.ChainListener;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.pool.Mempool;

/// Where the chain and its pool stand, and what went through them since the node started.
final class ChainMeters implements ChainListener {
  private static final double MILLIS_PER_SECOND = 1000;

  private final Counter blocks;
  private final Counter transactions;
  private final Counter reverted;

  ChainMeters(MeterRegistry registry) {
    this.blocks = counter(registry, "chain.blocks", "Blocks that became the head");
    this.transactions = counter(registry, "chain.transactions", "Transactions of those blocks");
    this.reverted = counter(registry, "chain.reverted.blocks", "Blocks that a branch replaced");
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  static void ofChain(MeterRegistry registry, ChainView chain, InstantSource clock) {
    Gauge _ =
        Gauge.builder("chain.height", () -> chain.heads().headRef().height().value())
            .description("Height of the head")
            .register(registry);
    Gauge _ =
        Gauge.builder("chain.finalized.height", () -> chain.finalized().height().value())
            .description("Height of the last finalized block")
            .register(registry);
    Gauge _ =
        Gauge.builder(
                "chain.head.age",
                () -> (clock.millis() - chain.head().timeMillis()) / MILLIS_PER_SECOND)
            .description("How long ago the head says that it was made")
            .baseUnit("seconds")
            .register(registry);
  }

  static void ofPool(MeterRegistry registry, Mempool pool) {
    Gauge _ =
        Gauge.builder("mempool.transactions", pool::size)
            .description("Transactions that wait")
            .register(registry);
    Gauge _ =
        Gauge.builder("mempool.size", pool::bytes)
            .description("Memory that waiting transactions are counted with")
            .baseUnit("bytes")
            .register(registry);
  }

  static void ofDatabase(MeterRegistry registry, Path folder) {
    Gauge _ =
        Gauge.builder("database.size", () -> size(folder))
            .description("Files of the chain's database")
            .baseUnit("bytes")
            .register(registry);
  }

  /* Not a number where the folder cannot be read: a zero would look like an empty database. */
  private static double size(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum(); // 0 for one that just went
    } catch (IOException | UncheckedIOException e) {
      return Double.NaN;
    }
  }

  @Override
  public void applied(AppliedBlock block) {
    blocks.increment();
    transactions.increment(block.receipts().size());
  }

  @Override
  public void reverted(Block block) {
    reverted.increment();
  }
}
