package org.bitcloud.benchmarks;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bitcloud.chain.Ancestry;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What an engine's rules take for one header on one core, as sync and import ask them.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class HeaderBenchmark {
  /// The engine.
  @Param({"dev", "pow", "poa"})
  public String engine = "";

  private @Nullable EngineBlocks blocks;

  /// Lets the engine make the first two blocks of a chain.
  @Setup
  public void makeBlocks() throws InterruptedException {
    blocks = EngineBlocks.of(engine);
  }

  /// Checks the second block's header.
  @Benchmark
  public Verdict check() {
    EngineBlocks given = Objects.requireNonNull(blocks);
    Verdict verdict =
        given
            .rules()
            .check(
                given.block().header(),
                given.block().sealProof(),
                new OnlyParent(given.parent()),
                given.made());
    if (!verdict.isAccepted()) {
      throw new IllegalStateException(verdict.toString());
    }
    return verdict;
  }

  private record OnlyParent(BlockHeader parent) implements Ancestry {
    @Override
    public Optional<BlockHeader> header(Hash hash) {
      return Optional.empty();
    }
  }
}
