package org.bitcloud.primitives.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.bitcloud.testkit.Golden;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

/// Signatures at the edges of what is allowed, on which both libraries must agree.
final class SignatureEdgesTest {
  private static final BigInteger ORDER =
      hex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
  private static final BigInteger PRIME =
      hex("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f");
  private static final BigInteger BASE_X =
      hex("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
  private static final BigInteger HALF = ORDER.shiftRight(1);

  private static final Secp256k1 NATIVE = Secp256k1.libsecp256k1().orElseThrow();
  private static final Secp256k1 PORTABLE = Secp256k1.bouncyCastle();

  private static BigInteger hex(String digits) {
    return new BigInteger(digits, 16);
  }

  private static Bytes word(BigInteger number) {
    return Amount.of(number).toBytes32();
  }

  private static BigInteger plus(BigInteger number, long more) {
    return number.add(BigInteger.valueOf(more));
  }

  private static List<BigInteger> scalars() {
    return List.of(
        BigInteger.ZERO,
        BigInteger.ONE,
        BigInteger.TWO,
        BASE_X,
        PRIME.subtract(ORDER).subtract(BigInteger.ONE),
        PRIME.subtract(ORDER),
        plus(HALF, -1),
        HALF,
        plus(HALF, 1),
        plus(ORDER, -1),
        ORDER,
        plus(ORDER, 1),
        PRIME,
        MAX);
  }

  private static String recovered(Secp256k1 secp256k1, Hash digest, Signature signature) {
    try {
      return secp256k1.recover(digest, signature).toHex();
    } catch (MalformedException e) {
      return "-";
    }
  }

  @Test
  void recoverTheSameKeyOrNone() {
    List<Hash> digests = new ArrayList<>();
    for (BigInteger digest : List.of(BigInteger.ZERO, BigInteger.ONE, ORDER, plus(ORDER, 1), MAX)) {
      digests.add(new Hash(word(digest)));
    }
    StringBuilder golden = new StringBuilder("#digest\tr\ts\trecovery id\tpublic key\n");
    for (Hash digest : digests) {
      for (BigInteger r : scalars()) {
        for (BigInteger s : scalars()) {
          for (int id = 0; id < 4; id++) {
            Signature signature = new Signature(word(r), word(s), id);
            String key = recovered(NATIVE, digest, signature);
            assertEquals(key, recovered(PORTABLE, digest, signature), signature.toString());
            assertTrue(signature.isAcceptable() || key.equals("-"));
            // The file shows each kind of edge; the assertions above look at every one.
            boolean shown = signature.isAcceptable() ? digests.indexOf(digest) % 3 == 1 : id == 0;
            if (shown && digests.indexOf(digest) > 0) {
              golden.append(
                  "%s\t%s\t%s\t%d\t%s\n".formatted(digest, signature.r(), signature.s(), id, key));
            }
          }
        }
      }
    }
    Golden.resource("vectors/signature-edges.tsv").matches(golden.toString());
  }

  @Test
  void refuseTheKeyAtInfinity() {
    // R = G and s = e make s R - e G the point at infinity, which is no key.
    Hash digest = new Hash(word(BigInteger.valueOf(5)));
    for (int id = 0; id < 2; id++) {
      Signature signature = new Signature(word(BASE_X), word(BigInteger.valueOf(5)), id);
      String key = recovered(NATIVE, digest, signature);
      assertEquals(key, recovered(PORTABLE, digest, signature));
      // G has an even y; its mirror image gives a key.
      assertEquals(id == 0, key.equals("-"));
    }
  }

  @Test
  void refuseTheNonceAtInfinity() {
    // With Q = d G and e = -r d the nonce e/s G + r/s Q is the point at infinity.
    BigInteger d = BigInteger.valueOf(77);
    Bytes publicKey = PORTABLE.publicKey(word(d));
    BigInteger r = BigInteger.valueOf(1234567);
    Hash digest = new Hash(word(r.multiply(d).negate().mod(ORDER)));
    Signature signature = new Signature(word(r), word(BigInteger.TEN), 0);
    assertFalse(NATIVE.verify(digest, signature, publicKey));
    assertFalse(PORTABLE.verify(digest, signature, publicKey));
  }

  @Test
  void agreeOnRandomAndBrokenSignatures() {
    Property.named("both libraries agree")
        .runs(150)
        .check(
            choices -> {
              Bytes key = word(plus(new BigInteger(1, choices.bytes(31)), 1));
              Hash digest = Hash.wrap(choices.bytes(32));
              Signature signed = NATIVE.sign(digest, key);
              assertEquals(signed, PORTABLE.sign(digest, key));
              Bytes publicKey = NATIVE.publicKey(key);
              byte[] bytes = signed.toBytes65().toArray();
              if (choices.flip()) {
                bytes[choices.below(64)] ^= (byte) (1 << choices.below(8));
              }
              Signature signature =
                  new Signature(
                      Bytes.copyOf(bytes, 0, 32), Bytes.copyOf(bytes, 32, 32), choices.below(4));
              assertEquals(
                  recovered(NATIVE, digest, signature), recovered(PORTABLE, digest, signature));
              boolean verified = NATIVE.verify(digest, signature, publicKey);
              assertEquals(verified, PORTABLE.verify(digest, signature, publicKey));
              boolean untouched =
                  signature.r().equals(signed.r()) && signature.s().equals(signed.s());
              assertEquals(untouched, verified);
            });
  }

  @Test
  void refuseTheHighTwinOfAValidSignature() throws MalformedException {
    Bytes key = word(BigInteger.valueOf(99));
    Hash digest = Keccak.hash(Bytes.ofUtf8("twin"));
    Signature low = NATIVE.sign(digest, key);
    BigInteger s = ORDER.subtract(new BigInteger(1, low.s().toArray()));
    Signature high = new Signature(low.r(), word(s), low.recoveryId() ^ 1);
    Bytes publicKey = NATIVE.publicKey(key);
    for (Secp256k1 secp256k1 : List.of(NATIVE, PORTABLE)) {
      assertTrue(secp256k1.verify(digest, low, publicKey));
      assertFalse(secp256k1.verify(digest, high, publicKey));
      assertThrows(MalformedException.class, () -> secp256k1.recover(digest, high));
    }
  }

  @Test
  void agreeOnKeysThatAreNoPoints() {
    Hash digest = Keccak.hash(Bytes.EMPTY);
    Signature signature = NATIVE.sign(digest, word(BigInteger.TEN));
    List<Bytes> keys =
        List.of(
            Bytes.wrap(new byte[64]),
            Bytes.concat(word(BigInteger.ONE), word(BigInteger.ONE)),
            Bytes.concat(word(PRIME), word(BigInteger.ONE)),
            Bytes.concat(word(BASE_X), word(MAX)),
            Vectors.hex("00"));
    for (Secp256k1 secp256k1 : List.of(NATIVE, PORTABLE)) {
      for (Bytes key : keys) {
        assertFalse(secp256k1.verify(digest, signature, key));
        assertFalse(secp256k1.isPublicKey(key), key.toHex());
      }
      assertTrue(secp256k1.isPublicKey(NATIVE.publicKey(word(BigInteger.TEN))));
    }
  }

  @Test
  void refusePrivateKeysOutOfRange() {
    for (BigInteger key : List.of(BigInteger.ZERO, ORDER, MAX)) {
      for (Secp256k1 secp256k1 : List.of(NATIVE, PORTABLE)) {
        assertThrows(IllegalArgumentException.class, () -> secp256k1.publicKey(word(key)));
        assertThrows(IllegalArgumentException.class, () -> secp256k1.sign(Hash.ZERO, word(key)));
      }
    }
    assertThrows(IllegalArgumentException.class, () -> KeyPair.of(Bytes.wrap(new byte[31])));
  }
}
