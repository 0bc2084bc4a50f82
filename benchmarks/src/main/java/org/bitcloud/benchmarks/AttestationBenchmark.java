package org.bitcloud.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.attestation.AttestationSigners;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.primitives.attestation.BandwidthCredit;
import org.bitcloud.primitives.attestation.BandwidthMeasurement;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;
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

/// Bandwidth attestations on one core; figures are attestations a second, of one signature for each
/// challenger and one of the target.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED"})
public class AttestationBenchmark {
  private static final long CHAIN_ID = 201_403;

  /// Challengers of one attestation.
  @Param({"4", "64"})
  public int challengers;

  private Bytes encoded = Bytes.EMPTY;

  /// Nothing until [#sign].
  public AttestationBenchmark() {}

  /// Makes the attestation.
  @Setup
  public void sign() {
    List<BandwidthCredit> credits = new ArrayList<>();
    List<KeyPair> keys = new ArrayList<>();
    for (int i = 0; i < challengers; i++) {
      credits.add(new BandwidthCredit(i, 1_000_000, Sha256.hash(Bytes.of((byte) i))));
      keys.add(key(i));
    }
    BandwidthMeasurement measurement =
        new BandwidthMeasurement(CHAIN_ID, 1, 1, challengers, credits);
    encoded = BandwidthAttestation.sign(measurement, keys, key(challengers)).encoded();
  }

  private static KeyPair key(int number) {
    byte[] secret = new byte[32];
    secret[31] = (byte) (number + 1);
    return KeyPair.of(Bytes.wrap(secret));
  }

  /// Decodes with all checks that need no keys.
  @Benchmark
  public BandwidthAttestation decode() throws MalformedException {
    return BandwidthAttestation.decode(encoded);
  }

  /// Decodes and recovers all who signed.
  @Benchmark
  public AttestationSigners check() throws MalformedException {
    return BandwidthAttestation.decode(encoded).signers();
  }
}
