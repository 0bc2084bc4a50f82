package org.bitcloud.market.codec;

import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/// A place in a [Keystream] from which on bytes are encrypted or decrypted in order.
///
/// It may be set to another stream as often as wanted, which costs a key schedule; making one costs
/// far more. For one thread.
final class KeystreamCursor {
  private static final int BLOCK = 16;
  // The intrinsic loop needs many short calls: one call of 4 MiB runs interpreted, 30 times slower.
  private static final int CALL = 1 << 14;

  private final Cipher cipher;

  KeystreamCursor() {
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-CTR", e);
    }
  }

  /// Moves to a position of a stream.
  void seek(Keystream stream, long position) {
    byte[] counter = new byte[BLOCK];
    long block = position / BLOCK;
    for (int i = 0; i < Long.BYTES; i++) {
      counter[BLOCK - 1 - i] = (byte) (block >>> (Byte.SIZE * i));
    }
    try {
      cipher.init(Cipher.ENCRYPT_MODE, stream.key(), new IvParameterSpec(counter));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of 32 bytes fits AES-CTR", e);
    }
    int skipped = (int) (position % BLOCK);
    if (skipped > 0) {
      byte[] scratch = new byte[BLOCK];
      apply(scratch, 0, scratch, 0, skipped);
    }
  }

  /// Encrypts or decrypts the next bytes.
  ///
  /// @throws IndexOutOfBoundsException if a range is not inside its array
  void apply(byte[] input, int inputOffset, byte[] output, int outputOffset, int length) {
    Objects.checkFromIndexSize(inputOffset, length, input.length);
    Objects.checkFromIndexSize(outputOffset, length, output.length);
    try {
      for (int done = 0; done < length; done += CALL) {
        int part = Math.min(CALL, length - done);
        var _ = cipher.update(input, inputOffset + done, part, output, outputOffset + done);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the output was checked to be long enough", e);
    }
  }
}
