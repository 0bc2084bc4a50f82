package org.bitcloud.primitives.crypto;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// SHA-256, computed by the JDK, which uses the processor's instructions for it.
public final class Sha256 {
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::digest);

  private Sha256() {}

  /// The hash of all parts one after the other.
  public static Hash hash(Bytes... parts) {
    MessageDigest digest = DIGEST.get();
    for (Bytes part : parts) {
      part.update(digest);
    }
    return Hash.wrap(digest.digest());
  }

  /// The hash of an array.
  public static Hash hash(byte[] bytes) {
    return hash(bytes, 0, bytes.length);
  }

  /// The hash of `length` bytes starting at `offset`.
  ///
  /// @throws IndexOutOfBoundsException if the range is not inside the array
  public static Hash hash(byte[] bytes, int offset, int length) {
    byte[] hash = new byte[Hash.SIZE];
    hash(bytes, offset, length, hash, 0);
    return Hash.wrap(hash);
  }

  /// Writes the hash of `length` bytes starting at `offset` into `target`, allocating nothing.
  ///
  /// The target may be the source.
  ///
  /// @throws IndexOutOfBoundsException if a range is not inside its array
  public static void hash(byte[] bytes, int offset, int length, byte[] target, int targetOffset) {
    MessageDigest digest = DIGEST.get();
    Objects.checkFromIndexSize(offset, length, bytes.length);
    Objects.checkFromIndexSize(targetOffset, Hash.SIZE, target.length);
    digest.update(bytes, offset, length);
    finish(digest, target, targetOffset);
  }

  /// Writes the hash of one byte followed by `length` bytes starting at `offset` into `target`.
  ///
  /// @throws IndexOutOfBoundsException if a range is not inside its array
  public static void hashPrefixed(
      byte prefix, byte[] bytes, int offset, int length, byte[] target, int targetOffset) {
    MessageDigest digest = DIGEST.get();
    Objects.checkFromIndexSize(offset, length, bytes.length);
    Objects.checkFromIndexSize(targetOffset, Hash.SIZE, target.length);
    digest.update(prefix);
    digest.update(bytes, offset, length);
    finish(digest, target, targetOffset);
  }

  /// Writes the hashes of `count` blocks that lie one after the other, each with the same byte
  /// before it, one after the other into `target`.
  ///
  /// The target may be the source when no hash is written behind the block it is of.
  ///
  /// @throws IndexOutOfBoundsException if a range is not inside its array
  public static void hashEachPrefixed(
      byte prefix,
      byte[] bytes,
      int offset,
      int blockBytes,
      int count,
      byte[] target,
      int targetOffset) {
    Objects.checkFromIndexSize(offset, Math.multiplyExact(blockBytes, count), bytes.length);
    Objects.checkFromIndexSize(targetOffset, Math.multiplyExact(Hash.SIZE, count), target.length);
    MessageDigest digest = DIGEST.get();
    // One update with all the bytes is faster than one for the prefix and one for the rest.
    byte[] whole = new byte[1 + blockBytes];
    whole[0] = prefix;
    for (int i = 0; i < count; i++) {
      System.arraycopy(bytes, offset + i * blockBytes, whole, 1, blockBytes);
      digest.update(whole, 0, whole.length);
      finish(digest, target, targetOffset + i * Hash.SIZE);
    }
  }

  /// A new digest of the caller's own, for data that comes in pieces.
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void finish(MessageDigest digest, byte[] target, int offset) {
    try {
      digest.digest(target, offset, Hash.SIZE);
    } catch (DigestException e) {
      throw new IllegalStateException("the target was checked to hold 32 bytes", e);
    }
  }
}
