package org.bitcloud.market.sector;

import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// Consecutive whole leaves of a sector with the proof that ties them to its root.
///
/// @param firstLeaf index of the first leaf
/// @param data at least one leaf of 512 bytes
/// @param proof hashes of the subtrees beside the range, in the order of `docs/spec/object.md` 3
public record SectorRange(int firstLeaf, Bytes data, List<Hash> proof) {
  /// Checks the bounds.
  ///
  /// @throws IllegalArgumentException if the bytes are not whole leaves inside a sector
  public SectorRange {
    if (data.size() % Sector.LEAF_BYTES != 0) {
      throw new IllegalArgumentException(data.size() + " bytes are not whole leaves");
    }
    Sector.checkLeaves(firstLeaf, data.size() / Sector.LEAF_BYTES);
    proof = List.copyOf(proof);
  }

  /// The same out of untrusted parts.
  ///
  /// @throws MalformedException if the bytes are not whole leaves inside a sector
  public static SectorRange ofUntrusted(int firstLeaf, Bytes data, List<Hash> proof)
      throws MalformedException {
    try {
      return new SectorRange(firstLeaf, data, proof);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("not a range of a sector", e);
    }
  }

  /// The number of leaves.
  public int leafCount() {
    return data.size() / Sector.LEAF_BYTES;
  }
}
