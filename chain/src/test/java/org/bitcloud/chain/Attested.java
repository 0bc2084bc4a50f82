package org.bitcloud.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.primitives.attestation.BandwidthCredit;
import org.bitcloud.primitives.attestation.BandwidthMeasurement;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.crypto.Signature;

/// Attestations of epoch 0 whose seats are the users' numbers, for tests. Each challenger credits a
/// thousand bytes and its number.
public final class Attested {
  private Attested() {}

  public static BandwidthAttestation of(long window, int target, int... challengers) {
    return on(TestNetwork.CHAIN_ID, window, target, challengers);
  }

  public static BandwidthAttestation on(long chainId, long window, int target, int... challengers) {
    return BandwidthAttestation.sign(
        measurement(chainId, window, target, challengers),
        keys(challengers),
        TestNetwork.key(target));
  }

  /// Valid but for the target's key, which is a challenger's.
  public static BandwidthAttestation signedByAnother(long window, int target, int... challengers) {
    return BandwidthAttestation.sign(
        measurement(TestNetwork.CHAIN_ID, window, target, challengers),
        keys(challengers),
        TestNetwork.key(challengers[0]));
  }

  /// Well formed, but 5 is the x of no point on the curve, so nobody can have signed for the
  /// target.
  public static BandwidthAttestation unrecoverable(long window, int target, int... challengers) {
    byte[] word = new byte[32];
    word[31] = 5;
    Signature nobodys = new Signature(Bytes.wrap(word), Bytes.wrap(word), 0);
    return BandwidthAttestation.of(
        measurement(TestNetwork.CHAIN_ID, window, target, challengers),
        Arrays.stream(challengers).mapToObj(_ -> nobodys).toList(),
        nobodys);
  }

  private static BandwidthMeasurement measurement(
      long chainId, long window, int target, int... challengers) {
    List<BandwidthCredit> credits = new ArrayList<>();
    for (int challenger : challengers) {
      credits.add(
          new BandwidthCredit(challenger, 1_000 + challenger, Sha256.hash(Bytes.ofUtf8("run"))));
    }
    return new BandwidthMeasurement(chainId, 0, window, target, credits);
  }

  private static List<KeyPair> keys(int... challengers) {
    return Arrays.stream(challengers).mapToObj(TestNetwork::key).toList();
  }
}
