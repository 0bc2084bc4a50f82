package org.bitcloud.contracts.storage;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;

/// Where the randomness of challenges comes from: hashes that anybody can compute again.
///
/// Numbers inside hashes are big-endian; tags are plain ASCII in front, without a separator.
public final class StorageDraw {
  private static final Bytes BEACON_TAG = Bytes.ofUtf8("bitcloud/storage/beacon/1");
  private static final Bytes DRAW_TAG = Bytes.ofUtf8("bitcloud/storage/draw/1");
  private static final Bytes LEAF_TAG = Bytes.ofUtf8("bitcloud/storage/leaf/1");

  /// Bytes that one draw hashes at most, for charging.
  static final int HASHED_BYTES = 25 + Hash.SIZE + Address.SIZE + Integer.BYTES;

  private StorageDraw() {}

  /// The randomness of a window: `H(tag ‖ genesis hash ‖ u64 window ‖ parent of its first block)`.
  public static Hash beacon(Hash genesisHash, long window, Hash parentHash) {
    Bytes number = Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(window).array());
    return Sha256.hash(BEACON_TAG, genesisHash.bytes(), number, parentHash.bytes());
  }

  /// The point below `due` at which draw number `index` falls: `H(tag ‖ beacon ‖ provider ‖ u32
  /// index) mod due`.
  ///
  /// Contracts lie one after the other, each as wide as what is due to it.
  ///
  /// @param due what all contracts of the provider pay for the window; positive
  public static Amount point(Hash beacon, Address provider, int index, Amount due) {
    return Amount.of(hash(DRAW_TAG, beacon, provider, index).mod(due.drops()));
  }

  /// The leaf that draw number `index` asks for in the contract it fell on: `H(tag ‖ beacon ‖
  /// provider ‖ u32 index) mod (sectors * 8192)`.
  ///
  /// @param sectors sectors of the contract as the window opened; positive
  public static long leaf(Hash beacon, Address provider, int index, long sectors) {
    BigInteger leaves =
        BigInteger.valueOf(Math.multiplyExact(sectors, StorageParameters.SECTOR_LEAVES));
    return hash(LEAF_TAG, beacon, provider, index).mod(leaves).longValueExact();
  }

  private static BigInteger hash(Bytes tag, Hash beacon, Address provider, int index) {
    Bytes number = Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(index).array());
    Hash hash = Sha256.hash(tag, beacon.bytes(), provider.bytes(), number);
    return new BigInteger(1, hash.toArray());
  }
}
