package org.bitcloud.market.codec;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bitcloud.primitives.Bytes;

/// AES-256-CTR over a sequence of bytes, able to start at any position; applying it twice undoes
/// it.
///
/// The counter block of the bytes from 16 c on is c, big-endian. Immutable and usable by any number
/// of threads; positions are below 2^40.
public final class Keystream {
  private static final byte[] MASK_INFO =
      "bitcloud/shard-mask/1".getBytes(StandardCharsets.US_ASCII);

  private static final ThreadLocal<KeystreamCursor> CURSOR =
      ThreadLocal.withInitial(KeystreamCursor::new);

  private final SecretKeySpec key;

  private Keystream(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /// The encryption of a slab's content; positions are those of the slab.
  public static Keystream ofSlab(Bytes slabKey) {
    return new Keystream(slabKey.toArray());
  }

  /// The mask of one shard of a slab; positions are those of the shard.
  ///
  /// @throws IllegalArgumentException if the shard is not 0 to 254
  public static Keystream ofShard(Bytes maskKey, int shard) {
    if (shard < 0 || shard >= ErasureCode.SHARDS_MAX) {
      throw new IllegalArgumentException("no shard of a slab: " + shard);
    }
    return new Keystream(shardKey(maskKey, shard));
  }

  static byte[] shardKey(Bytes maskKey, int shard) {
    byte[] info = Arrays.copyOf(MASK_INFO, MASK_INFO.length + 1);
    info[MASK_INFO.length] = (byte) shard;
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(maskKey.toArray())
                  .thenExpand(info, SlabKeys.KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK from 25 on has HKDF-SHA256", e);
    }
  }

  SecretKeySpec key() {
    return key;
  }

  /// Encrypts or decrypts bytes that stand at a position of the sequence.
  ///
  /// Input and output should be different arrays: the same one works but costs a copy.
  ///
  /// @throws IndexOutOfBoundsException if a range is not inside its array
  public void apply(
      long position, byte[] input, int inputOffset, byte[] output, int outputOffset, int length) {
    KeystreamCursor cursor = CURSOR.get();
    cursor.seek(this, position);
    cursor.apply(input, inputOffset, output, outputOffset, length);
  }
}
