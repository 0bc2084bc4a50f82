package org.bitcloud.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bitcloud.chain.block.BlockBody;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// Decoding on one core; every figure is transactions a second.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class DecodeBenchmark {
  private static final int COUNT = 1_000;

  private final List<SignedTransaction> transfers = new Transfers().make(COUNT, 0);
  private final List<Bytes> encoded = transfers.stream().map(SignedTransaction::encoded).toList();
  private final Bytes body = BlockBody.of(transfers).encode();

  /// Decodes transactions one by one, without looking for their senders.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void transactions(Blackhole hole) throws MalformedException {
    for (Bytes bytes : encoded) {
      hole.consume(SignedTransaction.decode(bytes));
    }
  }

  /// Decodes them as the body of a block and hashes each.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void bodyWithHashes(Blackhole hole) throws MalformedException {
    BlockBody decoded = BlockBody.decode(body);
    for (SignedTransaction transaction : decoded.transactions()) {
      hole.consume(transaction.hash());
    }
  }

  /// Encodes the body.
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public Bytes encodeBody() {
    return BlockBody.of(transfers).encode();
  }
}
