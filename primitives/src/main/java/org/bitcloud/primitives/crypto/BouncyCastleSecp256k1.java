package org.bitcloud.primitives.crypto;

import java.math.BigInteger;
import java.util.Optional;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.primitives.MalformedException;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/// BouncyCastle's arithmetic on the curve, about ten times slower than libsecp256k1.
final class BouncyCastleSecp256k1 implements Secp256k1 {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
  private static final BigInteger ORDER = DOMAIN.getN();
  private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
  private static final BigInteger PRIME = CURVE.getCurve().getField().getCharacteristic();

  @Override
  public String name() {
    return "BouncyCastle";
  }

  @Override
  public Bytes recover(Hash digest, Signature signature) throws MalformedException {
    if (!signature.isAcceptable()) {
      throw new MalformedException("signature is out of range or has high s");
    }
    BigInteger r = unsigned(signature.r());
    BigInteger x = (signature.recoveryId() & 2) == 0 ? r : r.add(ORDER);
    if (x.compareTo(PRIME) >= 0) {
      throw new MalformedException("signature belongs to no key");
    }
    ECPoint nonce = liftX(x, (signature.recoveryId() & 1) == 1);
    // Q = (s R - e G) / r
    BigInteger inverse = BigIntegers.modOddInverse(ORDER, r);
    BigInteger ofG = unsigned(digest.bytes()).negate().multiply(inverse).mod(ORDER);
    BigInteger ofNonce = unsigned(signature.s()).multiply(inverse).mod(ORDER);
    ECPoint key = ECAlgorithms.sumOfTwoMultiplies(DOMAIN.getG(), ofG, nonce, ofNonce).normalize();
    if (key.isInfinity()) {
      throw new MalformedException("signature belongs to no key");
    }
    return encoded(key);
  }

  private static ECPoint liftX(BigInteger x, boolean odd) throws MalformedException {
    byte[] compressed = new byte[33];
    compressed[0] = (byte) (odd ? 3 : 2);
    System.arraycopy(BigIntegers.asUnsignedByteArray(32, x), 0, compressed, 1, 32);
    try {
      return CURVE.getCurve().decodePoint(compressed);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("signature belongs to no key", e);
    }
  }

  @Override
  public boolean verify(Hash digest, Signature signature, Bytes publicKey) {
    if (!signature.isAcceptable()) {
      return false;
    }
    Optional<ECPoint> point = point(publicKey);
    if (point.isEmpty()) {
      return false;
    }
    ECPoint key = point.get();
    BigInteger r = unsigned(signature.r());
    BigInteger inverse = BigIntegers.modOddInverse(ORDER, unsigned(signature.s()));
    BigInteger ofG = unsigned(digest.bytes()).multiply(inverse).mod(ORDER);
    BigInteger ofKey = r.multiply(inverse).mod(ORDER);
    ECPoint nonce = ECAlgorithms.sumOfTwoMultiplies(DOMAIN.getG(), ofG, key, ofKey).normalize();
    return !nonce.isInfinity() && nonce.getAffineXCoord().toBigInteger().mod(ORDER).equals(r);
  }

  @Override
  public boolean isPublicKey(Bytes publicKey) {
    return point(publicKey).isPresent();
  }

  private static Optional<ECPoint> point(Bytes publicKey) {
    if (publicKey.size() != 64) {
      return Optional.empty();
    }
    BigInteger x = unsigned(publicKey.slice(0, 32));
    BigInteger y = unsigned(publicKey.slice(32));
    if (x.compareTo(PRIME) >= 0 || y.compareTo(PRIME) >= 0) {
      return Optional.empty();
    }
    return Optional.of(CURVE.getCurve().createPoint(x, y)).filter(ECPoint::isValid);
  }

  @Override
  public Signature sign(Hash digest, Bytes privateKey) {
    BigInteger key = checked(privateKey);
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(key, DOMAIN));
    BigInteger[] parts = signer.generateSignature(digest.toArray());
    BigInteger s = parts[1].compareTo(HALF_ORDER) > 0 ? ORDER.subtract(parts[1]) : parts[1];
    Bytes publicKey = publicKey(privateKey);
    int id = 0;
    Signature signature = new Signature(word(parts[0]), word(s), id);
    while (!recovers(digest, signature, publicKey)) {
      id++;
      Invariant.check(id < 4, "a signature just made belongs to no key");
      signature = new Signature(signature.r(), signature.s(), id);
    }
    return signature;
  }

  private boolean recovers(Hash digest, Signature signature, Bytes publicKey) {
    try {
      return recover(digest, signature).equals(publicKey);
    } catch (MalformedException e) {
      return false;
    }
  }

  @Override
  public Bytes publicKey(Bytes privateKey) {
    BigInteger key = checked(privateKey);
    return encoded(new FixedPointCombMultiplier().multiply(DOMAIN.getG(), key).normalize());
  }

  private static BigInteger checked(Bytes privateKey) {
    BigInteger key = unsigned(privateKey);
    if (privateKey.size() != 32 || key.signum() == 0 || key.compareTo(ORDER) >= 0) {
      throw new IllegalArgumentException("a private key is 32 bytes in 1 to n - 1");
    }
    return key;
  }

  private static Bytes encoded(ECPoint normalized) {
    return Bytes.wrap(normalized.getEncoded(false), 1, 64);
  }

  private static BigInteger unsigned(Bytes bytes) {
    return new BigInteger(1, bytes.toArray());
  }

  private static Bytes word(BigInteger number) {
    return Bytes.wrap(BigIntegers.asUnsignedByteArray(32, number));
  }
}
