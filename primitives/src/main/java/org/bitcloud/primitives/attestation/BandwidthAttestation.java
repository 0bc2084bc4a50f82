package org.bitcloud.primitives.attestation;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Secp256k1;
import org.bitcloud.primitives.crypto.Signature;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.jspecify.annotations.Nullable;

/// A measurement with the signatures of everybody who took part; `docs/spec/attestation.md`.
///
/// Equal to another if the encodings are. Safe for several threads: what is computed late (hash,
/// signers) may be computed twice in a race, with the same result.
public final class BandwidthAttestation {
  /// The most bytes of an encoded attestation; one with all credits has fewer.
  public static final int SIZE_MAX = 8 * 1024;

  private final BandwidthMeasurement measurement;
  private final List<Signature> challengers;
  private final Signature target;
  private final Bytes encoded;
  private @Nullable Hash hash;
  private @Nullable AttestationSigners signers;

  private BandwidthAttestation(
      BandwidthMeasurement measurement,
      List<Signature> challengers,
      Signature target,
      Bytes encoded) {
    this.measurement = measurement;
    this.challengers = challengers;
    this.target = target;
    this.encoded = encoded;
  }

  /// The attestation that a measurement and its signatures make.
  ///
  /// @param challengers one for each credit, in their order, over
  ///   [BandwidthMeasurement#creditDigest]
  /// @param target over [BandwidthMeasurement#digest]
  /// @throws IllegalArgumentException if the signatures are not as many as the credits
  public static BandwidthAttestation of(
      BandwidthMeasurement measurement, List<Signature> challengers, Signature target) {
    if (challengers.size() != measurement.credits().size()) {
      throw new IllegalArgumentException("each credit has one signature");
    }
    List<Signature> copy = List.copyOf(challengers);
    return new BandwidthAttestation(measurement, copy, target, encode(measurement, copy, target));
  }

  /// The attestation signed with the keys of all who took part.
  ///
  /// @param challengers one for each credit, in their order
  /// @throws IllegalArgumentException if the keys are not as many as the credits
  public static BandwidthAttestation sign(
      BandwidthMeasurement measurement, List<KeyPair> challengers, KeyPair target) {
    if (challengers.size() != measurement.credits().size()) {
      throw new IllegalArgumentException("each credit has one key");
    }
    List<Signature> signatures = new ArrayList<>(challengers.size());
    for (int i = 0; i < challengers.size(); i++) {
      Hash digest = measurement.creditDigest(measurement.credits().get(i));
      signatures.add(challengers.get(i).sign(digest));
    }
    return of(measurement, signatures, target.sign(measurement.digest()));
  }

  /// The attestation that bytes spell, of which none may be left over.
  ///
  /// Checked here: size, canonical RLP, the bounds of [BandwidthMeasurement], and that each
  /// signature is in range with low s. Whether they belong to keys shows when [#signers] recovers
  /// them. The bytes are not copied, so they should not be a slice of something much larger.
  ///
  /// @throws MalformedException saying what is wrong
  public static BandwidthAttestation decode(Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded, new RlpReader.Limits(SIZE_MAX, 3));
    in.enterList();
    long chainId = in.readNumber();
    long epoch = in.readNumber();
    long window = in.readNumber();
    long target = in.readNumber();
    List<BandwidthCredit> credits = new ArrayList<>();
    List<Signature> challengers = new ArrayList<>();
    in.enterList();
    while (in.hasNext()) {
      if (credits.size() == BandwidthMeasurement.CREDITS_MAX) {
        throw new MalformedException(
            "attestation of more than " + BandwidthMeasurement.CREDITS_MAX + " credits");
      }
      in.enterList();
      credits.add(credit(in.readNumber(), in.readNumber(), in.readHash()));
      challengers.add(signature(in));
      in.leaveList();
    }
    in.leaveList();
    Signature signature = signature(in);
    in.leaveList();
    in.end();
    return new BandwidthAttestation(
        measurement(chainId, epoch, window, target, credits),
        List.copyOf(challengers),
        signature,
        encoded);
  }

  private static BandwidthCredit credit(long challenger, long bytes, Hash transcript)
      throws MalformedException {
    try {
      return new BandwidthCredit(challenger, bytes, transcript);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("attestation: " + e.getMessage(), e);
    }
  }

  private static BandwidthMeasurement measurement(
      long chainId, long epoch, long window, long target, List<BandwidthCredit> credits)
      throws MalformedException {
    try {
      return new BandwidthMeasurement(chainId, epoch, window, target, credits);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("attestation: " + e.getMessage(), e);
    }
  }

  private static Signature signature(RlpReader in) throws MalformedException {
    Signature signature = Signature.fromBytes65(in.readExact(Signature.SIZE).compact());
    if (!signature.isAcceptable()) {
      throw new MalformedException("attestation: a signature is out of range or has a high s");
    }
    return signature;
  }

  private static Bytes encode(
      BandwidthMeasurement measurement, List<Signature> challengers, Signature target) {
    return RlpWriter.encode(
        out -> {
          out.beginList();
          out.number(measurement.chainId());
          out.number(measurement.epoch());
          out.number(measurement.window());
          out.number(measurement.target());
          out.beginList();
          for (int i = 0; i < challengers.size(); i++) {
            BandwidthCredit credit = measurement.credits().get(i);
            out.beginList();
            out.number(credit.challenger());
            out.number(credit.bytes());
            out.hash(credit.transcript());
            out.bytes(challengers.get(i).toBytes65());
            out.endList();
          }
          out.endList();
          out.bytes(target.toBytes65());
          out.endList();
        });
  }

  /// The encoding made anew from what it spells; tests compare it with [#encoded].
  Bytes reencoded() {
    return encode(measurement, challengers, target);
  }

  /// What was signed.
  public BandwidthMeasurement measurement() {
    return measurement;
  }

  /// The one encoding: RLP.
  public Bytes encoded() {
    return encoded;
  }

  /// The number of bytes of the encoding.
  public int size() {
    return encoded.size();
  }

  /// The Keccak-256 hash of the encoding, by which the attestation is known to peers and pools.
  public Hash hash() {
    Hash known = hash;
    if (known == null) {
      known = Keccak.hash(encoded);
      hash = known;
    }
    return known;
  }

  /// Who signed, recovered from the signatures the first time and remembered.
  ///
  /// @throws MalformedException if a signature belongs to no key
  public AttestationSigners signers() throws MalformedException {
    AttestationSigners known = signers;
    if (known == null) {
      known = recover();
      signers = known;
    }
    return known;
  }

  private AttestationSigners recover() throws MalformedException {
    List<Address> addresses = new ArrayList<>(challengers.size());
    for (int i = 0; i < challengers.size(); i++) {
      Hash digest = measurement.creditDigest(measurement.credits().get(i));
      addresses.add(recover(digest, challengers.get(i)));
    }
    return new AttestationSigners(recover(measurement.digest(), target), addresses);
  }

  private static Address recover(Hash digest, Signature signature) throws MalformedException {
    return Address.ofPublicKey(Secp256k1.get().recover(digest, signature));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BandwidthAttestation that && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  /// Epoch, window, target and hash.
  @Override
  public String toString() {
    return "BandwidthAttestation[epoch "
        + measurement.epoch()
        + ", window "
        + measurement.window()
        + ", seat "
        + measurement.target()
        + ", "
        + hash().toHex()
        + "]";
  }
}
