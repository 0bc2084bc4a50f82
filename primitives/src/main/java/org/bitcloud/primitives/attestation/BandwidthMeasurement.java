package org.bitcloud.primitives.attestation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.abi.AbiParameter;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.tx.Eip712;

/// How much one node delivered to its challengers in one window: what an attestation signs.
///
/// Ordered as blocks hold them: by epoch, then window, then target.
///
/// @param chainId the network
/// @param epoch number of the epoch
/// @param window number of the window within the epoch
/// @param target number of the measured node's seat
/// @param credits one for each challenger, by rising seat, 1 to [#CREDITS_MAX]
public record BandwidthMeasurement(
    long chainId, long epoch, long window, long target, List<BandwidthCredit> credits)
    implements Comparable<BandwidthMeasurement> {
  /// The most challengers of one window.
  public static final int CREDITS_MAX = 64;

  private static final String NAME = "Bitcloud Bandwidth";
  private static final String VERSION = "1";

  /* The Bandwidth corporation, which will judge them. */
  private static final Address VERIFIER =
      new Address(Bytes.concat(Bytes.wrap(new byte[18]), Bytes.of((byte) 0xbc, (byte) 0x01)));

  private static final Eip712.StructType CREDIT =
      new Eip712.StructType(
          "Credit",
          List.of(
              AbiParameter.of("epoch", AbiType.uint64()),
              AbiParameter.of("window", AbiType.uint64()),
              AbiParameter.of("target", AbiType.uint64()),
              AbiParameter.of("challenger", AbiType.uint64()),
              AbiParameter.of("bytes", AbiType.uint64()),
              AbiParameter.of("transcript", AbiType.bytes32())));

  private static final Eip712.StructType MEASUREMENT =
      new Eip712.StructType(
          "Measurement",
          List.of(
              AbiParameter.of("epoch", AbiType.uint64()),
              AbiParameter.of("window", AbiType.uint64()),
              AbiParameter.of("target", AbiType.uint64()),
              AbiParameter.of("credits", AbiType.array(AbiType.bytes32()))));

  private static final Comparator<BandwidthMeasurement> ORDER =
      Comparator.comparingLong(BandwidthMeasurement::epoch)
          .thenComparingLong(BandwidthMeasurement::window)
          .thenComparingLong(BandwidthMeasurement::target);

  /// Copies the credits and checks all that a measurement says of itself.
  ///
  /// @throws IllegalArgumentException if a number is negative, the credits are none or too many or
  ///   not by rising seat, or the target credits itself
  public BandwidthMeasurement {
    credits = List.copyOf(credits);
    if (chainId < 0 || epoch < 0 || window < 0 || target < 0) {
      throw new IllegalArgumentException("a measurement's numbers are not negative");
    }
    if (credits.isEmpty() || credits.size() > CREDITS_MAX) {
      throw new IllegalArgumentException("a measurement has 1 to " + CREDITS_MAX + " credits");
    }
    long last = -1;
    for (BandwidthCredit credit : credits) {
      if (credit.challenger() <= last) {
        throw new IllegalArgumentException("credits come by rising seat, each seat once");
      }
      if (credit.challenger() == target) {
        throw new IllegalArgumentException("nobody challenges himself");
      }
      last = credit.challenger();
    }
  }

  /// What the challenger of one credit signs (EIP-712).
  public Hash creditDigest(BandwidthCredit credit) {
    return Eip712.digest(domain(), creditHash(credit));
  }

  /// What the target signs: all credits at once (EIP-712).
  public Hash digest() {
    List<Hash> hashes = new ArrayList<>(credits.size());
    credits.forEach(credit -> hashes.add(creditHash(credit)));
    return Eip712.digest(
        domain(), MEASUREMENT.hash(Amount.of(epoch), Amount.of(window), Amount.of(target), hashes));
  }

  private Hash creditHash(BandwidthCredit credit) {
    return CREDIT.hash(
        Amount.of(epoch),
        Amount.of(window),
        Amount.of(target),
        Amount.of(credit.challenger()),
        Amount.of(credit.bytes()),
        credit.transcript());
  }

  private Eip712.Domain domain() {
    return Eip712.domain(NAME, VERSION, chainId, VERIFIER);
  }

  @Override
  public int compareTo(BandwidthMeasurement other) {
    return ORDER.compare(this, other);
  }
}
