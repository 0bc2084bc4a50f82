package org.bitcloud.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bitcloud.market.codec.EncodedSlab;
import org.bitcloud.market.codec.ErasureCode;
import org.bitcloud.market.codec.ShardRange;
import org.bitcloud.market.codec.SlabDecoder;
import org.bitcloud.market.codec.SlabEncoder;
import org.bitcloud.market.codec.SlabKeys;
import org.bitcloud.market.codec.SlabLayout;
import org.bitcloud.market.sector.SectorTree;
import org.bitcloud.primitives.Hash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What one core does to the bytes of an object; every figure is MiB of content a second.
///
/// `sha256` and `aesCtr` are the JDK's own speed on the same machine, to read the others against.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class CodecBenchmark {
  private static final int MEBIBYTES = 8;
  private static final int CONTENT = MEBIBYTES << 20;
  private static final int CALL = 1 << 14;

  /// Data shards and shards, as in `10/30`.
  @Param({"2/6", "10/30"})
  public String erasure = "";

  private final SlabKeys keys = SlabKeys.generate(new SecureRandom());
  private final byte[] content = new byte[CONTENT];
  private final byte[] output = new byte[CONTENT];
  private ErasureCode code = ErasureCode.of(1, 1);
  private SlabEncoder encoder = new SlabEncoder(code, Runnable::run, 1);
  private SlabDecoder decoder = new SlabDecoder(code, keys);
  private byte[][] strips = new byte[0][];
  private byte[][] bodies = new byte[0][];
  private int[] parity = new int[0];
  private int[] data = new int[0];

  /// Encodes the content once, so that there is something to decode.
  @Setup
  public void encodeOnce() throws IOException {
    String[] parts = erasure.split("/", -1);
    code = ErasureCode.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    encoder = new SlabEncoder(code, Runnable::run, 1);
    decoder = new SlabDecoder(code, keys);
    data = IntStream.range(0, code.dataShards()).toArray();
    parity = IntStream.range(code.dataShards(), 2 * code.dataShards()).toArray();
    strips = new byte[code.shards()][CALL];
    new SplittableRandom(1).nextBytes(content);
    int body = new SlabLayout(code.dataShards(), CONTENT).bodyBytes();
    bodies = new byte[code.shards()][body];
    int[] filled = new int[code.shards()];
    var _ =
        encoder.encode(
            new ByteArrayInputStream(content),
            keys,
            (shard, buffer, offset, length) -> {
              System.arraycopy(buffer, offset, bodies[shard], filled[shard], length);
              filled[shard] += length;
            });
  }

  /// Encrypt, stripe, encode, mask and Merkle trees: all a renter computes for a put.
  @Benchmark
  @OperationsPerInvocation(MEBIBYTES)
  public EncodedSlab put() throws IOException {
    return encoder.encode(
        new ByteArrayInputStream(content), keys, (shard, buffer, offset, length) -> {});
  }

  /// The erasure code alone.
  @Benchmark
  @OperationsPerInvocation(MEBIBYTES)
  public byte[][] erasureCode() {
    for (int done = 0; done < CONTENT; done += code.dataShards() * CALL) {
      code.encode(strips, 0, CALL);
    }
    return strips;
  }

  /// Unmask, undo the stripes and decrypt from the data shards.
  @Benchmark
  @OperationsPerInvocation(MEBIBYTES)
  public byte[] getFromData() {
    return decode(data);
  }

  /// The same with every data shard missing.
  @Benchmark
  @OperationsPerInvocation(MEBIBYTES)
  public byte[] getFromParity() {
    return decode(parity);
  }

  private byte[] decode(int[] shards) {
    byte[][] ranges = IntStream.of(shards).mapToObj(i -> bodies[i]).toArray(byte[][]::new);
    ShardRange all = new SlabLayout(code.dataShards(), CONTENT).shardRange(0, CONTENT);
    decoder.decode(shards, ranges, all, 0, CONTENT, output, 0);
    return output;
  }

  /// The Merkle tree of two full sectors.
  @Benchmark
  @OperationsPerInvocation(MEBIBYTES)
  public Hash sectorTree() {
    SectorTree tree = new SectorTree(8192);
    tree.hash(0, content, 0, 8192);
    tree.hash(0, content, CONTENT / 2, 8192);
    return tree.root();
  }

  /// The JDK's SHA-256 over all of the content.
  @Benchmark
  @OperationsPerInvocation(MEBIBYTES)
  public byte[] sha256() throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(content);
  }

  /// The JDK's AES-256-CTR in calls of 16 KiB.
  @Benchmark
  @OperationsPerInvocation(MEBIBYTES)
  public byte[] aesCtr() throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(new byte[32], "AES"),
        new IvParameterSpec(new byte[16]));
    for (int at = 0; at < CONTENT; at += CALL) {
      var _ = cipher.update(content, at, CALL, output, at);
    }
    return output;
  }
}
