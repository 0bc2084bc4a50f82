package org.bitcloud.primitives.crypto;

import java.util.HexFormat;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// A secp256k1 ECDSA signature from which the signer's public key can be recovered.
///
/// Any 32-byte values can be held; [#isAcceptable] tells which ones a verifier may take.
///
/// @param r 32 bytes, big-endian
/// @param s 32 bytes, big-endian
/// @param recoveryId 0 to 3: the lowest bit is the parity of the nonce point's y; the next one says
///   that its x exceeded the group order, which Ethereum's formats cannot express
public record Signature(Bytes r, Bytes s, int recoveryId) {
  /// The number of bytes of [#toBytes65].
  public static final int SIZE = 65;

  /// Half the group order, above which `s` has a smaller twin.
  private static final Bytes HALF_ORDER =
      word("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

  private static final Bytes ORDER =
      word("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

  private static final Bytes ZERO = Bytes.wrap(new byte[32]);

  private static final int V_BASE = 27;

  /// Checks sizes.
  ///
  /// @throws IllegalArgumentException if r or s has not 32 bytes, or the recovery id is not 0 to 3
  public Signature {
    if (r.size() != 32 || s.size() != 32) {
      throw new IllegalArgumentException("r and s have 32 bytes each");
    }
    if (recoveryId < 0 || recoveryId > 3) {
      throw new IllegalArgumentException("a recovery id is 0 to 3, not " + recoveryId);
    }
  }

  /// The signature that `r ‖ s ‖ v` spells, with v 27 or 28.
  ///
  /// @throws MalformedException if there are not 65 bytes or v is another number
  public static Signature fromBytes65(Bytes bytes) throws MalformedException {
    if (bytes.size() != SIZE) {
      throw new MalformedException("a signature has 65 bytes, not " + bytes.size());
    }
    int parity = bytes.unsigned(64) - V_BASE;
    if (parity != 0 && parity != 1) {
      throw new MalformedException("the last byte of a signature is 27 or 28");
    }
    return new Signature(bytes.slice(0, 32), bytes.slice(32, 32), parity);
  }

  /// The 65 bytes `r ‖ s ‖ v`, with v 27 plus the recovery id.
  public Bytes toBytes65() {
    byte[] bytes = new byte[SIZE];
    r.copyTo(bytes, 0);
    s.copyTo(bytes, 32);
    bytes[64] = (byte) (V_BASE + recoveryId);
    return Bytes.wrap(bytes);
  }

  /// Whether r and s are in 1 to n - 1 and s is in the lower half.
  ///
  /// The upper half is refused everywhere, since anyone can turn one form into the other.
  public boolean isAcceptable() {
    return isInRange() && isLowS();
  }

  /// Whether r and s are in 1 to n - 1.
  public boolean isInRange() {
    return inOrder(r) && inOrder(s);
  }

  /// Whether s is at most half the group order.
  public boolean isLowS() {
    return s.compareTo(HALF_ORDER) <= 0;
  }

  /// The 64 bytes `r ‖ s`.
  byte[] compact() {
    byte[] bytes = new byte[64];
    r.copyTo(bytes, 0);
    s.copyTo(bytes, 32);
    return bytes;
  }

  /// Whether 32 bytes are a number in 1 to n - 1.
  static boolean inOrder(Bytes scalar) {
    return !scalar.equals(ZERO) && scalar.compareTo(ORDER) < 0;
  }

  private static Bytes word(String hex) {
    return Bytes.wrap(HexFormat.of().parseHex(hex));
  }
}
