package org.bitcloud.primitives.crypto;

import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.primitives.MalformedException;

/// libsecp256k1 through its Java binding.
///
/// What is acceptable is decided before the library is asked, as the library takes more.
final class NativeSecp256k1 implements Secp256k1 {
  private final fr.acinq.secp256k1.Secp256k1 library;

  NativeSecp256k1(fr.acinq.secp256k1.Secp256k1 library) {
    this.library = library;
  }

  @Override
  public String name() {
    return "libsecp256k1";
  }

  @Override
  public Bytes recover(Hash digest, Signature signature) throws MalformedException {
    if (!signature.isAcceptable()) {
      throw new MalformedException("signature is out of range or has high s");
    }
    try {
      byte[] key =
          library.ecdsaRecover(signature.compact(), digest.toArray(), signature.recoveryId());
      return Bytes.wrap(key, 1, 64);
    } catch (Secp256k1Exception e) {
      throw new MalformedException("signature belongs to no key", e);
    }
  }

  @Override
  public boolean verify(Hash digest, Signature signature, Bytes publicKey) {
    if (!signature.isAcceptable() || publicKey.size() != 64) {
      return false;
    }
    try {
      return library.verify(signature.compact(), digest.toArray(), uncompressed(publicKey));
    } catch (Secp256k1Exception e) {
      // The only way to fail here is a key that is no point of the curve.
      return false;
    }
  }

  @Override
  public boolean isPublicKey(Bytes publicKey) {
    if (publicKey.size() != 64) {
      return false;
    }
    try {
      byte[] _ = library.pubkeyParse(uncompressed(publicKey));
      return true;
    } catch (Secp256k1Exception e) {
      return false;
    }
  }

  private static byte[] uncompressed(Bytes publicKey) {
    byte[] key = new byte[65];
    key[0] = 4;
    publicKey.copyTo(key, 1);
    return key;
  }

  @Override
  public Signature sign(Hash digest, Bytes privateKey) {
    byte[] key = checked(privateKey);
    try {
      byte[] compact = library.sign(digest.toArray(), key);
      Bytes r = Bytes.copyOf(compact, 0, 32);
      Bytes s = Bytes.copyOf(compact, 32, 32);
      byte[] publicKey = library.pubkeyCreate(key);
      // The binding does not hand out the recovery id, so the one that fits is looked for.
      int id = 0;
      while (!recovers(compact, digest, id, publicKey)) {
        id++;
        Invariant.check(id < 4, "a signature just made belongs to no key");
      }
      return new Signature(r, s, id);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private boolean recovers(byte[] compact, Hash digest, int id, byte[] publicKey) {
    try {
      return Arrays.equals(library.ecdsaRecover(compact, digest.toArray(), id), publicKey);
    } catch (Secp256k1Exception e) {
      return false;
    }
  }

  @Override
  public Bytes publicKey(Bytes privateKey) {
    byte[] key = checked(privateKey);
    try {
      return Bytes.wrap(library.pubkeyCreate(key), 1, 64);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private byte[] checked(Bytes privateKey) {
    byte[] key = privateKey.toArray();
    if (key.length != 32 || !library.secKeyVerify(key)) {
      throw new IllegalArgumentException("a private key is 32 bytes in 1 to n - 1");
    }
    return key;
  }
}
