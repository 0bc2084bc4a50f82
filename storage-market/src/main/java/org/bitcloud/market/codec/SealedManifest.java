package org.bitcloud.market.codec;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bitcloud.market.sector.Sector;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// The form in which the manifest of a private object is stored: AES-256-GCM under the owner's key.
public final class SealedManifest {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final byte[] ASSOCIATED =
      "bitcloud/sealed-manifest/1".getBytes(StandardCharsets.US_ASCII);

  private SealedManifest() {}

  /// Seals manifest bytes.
  ///
  /// @param key 32 bytes
  /// @param random gives the nonce; one key may seal up to 2^32 manifests
  /// @throws IllegalArgumentException if the key has another size or the manifest is too large
  public static Bytes seal(Bytes manifest, Bytes key, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return seal(manifest, key, nonce);
  }

  static Bytes seal(Bytes manifest, Bytes key, byte[] nonce) {
    if (manifest.size() > Manifest.BYTES_MAX) {
      throw new IllegalArgumentException("manifest exceeds " + Manifest.BYTES_MAX + " bytes");
    }
    byte[] sealed;
    try {
      sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(manifest.toArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
    return RlpWriter.encode(
        out -> out.beginList().number(ManifestFormat.SEALED).bytes(nonce).bytes(sealed).endList());
  }

  /// The manifest bytes that were sealed.
  ///
  /// @param key 32 bytes
  /// @throws MalformedException if these are not sealed bytes or the key is not theirs
  /// @throws IllegalArgumentException if the key has another size
  public static Bytes open(Bytes sealed, Bytes key) throws MalformedException {
    RlpReader in = RlpReader.of(sealed, new RlpReader.Limits(Sector.BYTES, 1));
    in.enterList();
    if (in.readNumber() != ManifestFormat.SEALED) {
      throw new MalformedException("manifest is not sealed");
    }
    Bytes nonce = in.readExact(NONCE_BYTES);
    Bytes content = in.readBytes(Manifest.BYTES_MAX + TAG_BYTES);
    in.leaveList();
    in.end();
    if (content.size() < TAG_BYTES) {
      throw new MalformedException("sealed manifest is cut short");
    }
    try {
      byte[] opened = cipher(Cipher.DECRYPT_MODE, key, nonce.toArray()).doFinal(content.toArray());
      return Bytes.wrap(opened);
    } catch (AEADBadTagException e) {
      throw new MalformedException("the key does not open this manifest", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  private static Cipher cipher(int mode, Bytes key, byte[] nonce) throws GeneralSecurityException {
    if (key.size() != SlabKeys.KEY_BYTES) {
      throw new IllegalArgumentException("the key of a sealed manifest has 32 bytes");
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(key.toArray(), "AES"),
        new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce));
    cipher.updateAAD(ASSOCIATED);
    return cipher;
  }
}
