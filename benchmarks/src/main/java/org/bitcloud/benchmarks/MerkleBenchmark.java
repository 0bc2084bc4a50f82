package org.bitcloud.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.merkle.MerkleTree;
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

/// Hashing on one core: single hashes of 128 bytes, and trees of 5,000 such leaves as a full block
/// has them; every figure is hashes or leaves a second.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class MerkleBenchmark {
  private static final int LEAVES = 5_000;
  private static final int LEAF_BYTES = 128;

  private final byte[] data = new byte[LEAVES * LEAF_BYTES];
  private final byte[] one = new byte[LEAF_BYTES];
  private final List<Hash> leaves = new ArrayList<>();

  /// Fills the data.
  public MerkleBenchmark() {
    new SplittableRandom(1).nextBytes(data);
    for (int i = 0; i < LEAVES; i++) {
      leaves.add(MerkleTree.leaf(data, i * LEAF_BYTES, LEAF_BYTES));
    }
  }

  /// One SHA-256.
  @Benchmark
  public Hash sha256() {
    return Sha256.hash(one);
  }

  /// One Keccak-256.
  @Benchmark
  public Hash keccak256() {
    return Keccak.hash(one);
  }

  /// Leaves and nodes.
  @Benchmark
  @OperationsPerInvocation(LEAVES)
  public Hash treeOfData() {
    return MerkleTree.rootOfChunks(data, 0, data.length, LEAF_BYTES);
  }

  /// Nodes alone.
  @Benchmark
  @OperationsPerInvocation(LEAVES)
  public Hash treeOfHashes() {
    return MerkleTree.root(leaves);
  }
}
