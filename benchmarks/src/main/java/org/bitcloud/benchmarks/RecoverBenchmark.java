package org.bitcloud.benchmarks;

import java.util.concurrent.TimeUnit;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Secp256k1;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.crypto.Signature;
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

/// One signature on one core: who signed it, whether a known key did, and making one.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RecoverBenchmark {
  private static final Bytes SECRET = Sha256.hash(Bytes.ofUtf8("benchmark key")).bytes();

  /// The native library, or the fallback in Java.
  @Param({"native", "fallback"})
  public String library = "";

  private final KeyPair key = KeyPair.of(SECRET);
  private final Hash digest = Sha256.hash(Bytes.ofUtf8("benchmark digest"));
  private final Signature signature = key.sign(digest);
  private Secp256k1 curve = Secp256k1.bouncyCastle();

  /// Chooses the library; a machine without the native one measures the fallback twice.
  @Setup
  public void choose() {
    curve =
        library.equals("native")
            ? Secp256k1.libsecp256k1().orElse(Secp256k1.bouncyCastle())
            : Secp256k1.bouncyCastle();
  }

  /// Recovers the public key.
  @Benchmark
  public Bytes recover() throws MalformedException {
    return curve.recover(digest, signature);
  }

  /// Verifies against a known public key.
  @Benchmark
  public boolean verify() {
    return curve.verify(digest, signature, key.publicKey());
  }

  /// Signs.
  @Benchmark
  public Signature sign() {
    return curve.sign(digest, SECRET);
  }
}
