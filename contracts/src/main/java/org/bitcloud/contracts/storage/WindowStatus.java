package org.bitcloud.contracts.storage;

import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiReader;
import org.bitcloud.primitives.abi.AbiType;
import org.bitcloud.primitives.abi.AbiWriter;

/// A challenge window, open or closed.
///
/// @param index its number; 0 opens with block 1
/// @param openTimeMillis time of its first block
/// @param openHeight height of its first block
/// @param lengthMillis the next window opens in the first block so much later
/// @param blocks blocks in it so far
/// @param maxGapMillis longest time between two blocks so far, the next window's first among them
/// @param ordinal how many valid windows closed before it
/// @param closed whether the next window is open
/// @param isVoid whether it is closed and counts for nothing
/// @param beacon its randomness
/// @param parentHash hash of the block before its first
public record WindowStatus(
    long index,
    long openTimeMillis,
    long openHeight,
    long lengthMillis,
    long blocks,
    long maxGapMillis,
    long ordinal,
    boolean closed,
    boolean isVoid,
    Hash beacon,
    Hash parentHash) {
  static final AbiType.Tuple ABI =
      AbiType.tuple(
          "Window",
          Fields.u64("index"),
          Fields.u64("openTimeMillis"),
          Fields.u64("openHeight"),
          Fields.u64("lengthMillis"),
          Fields.u64("blocks"),
          Fields.u64("maxGapMillis"),
          Fields.u64("ordinal"),
          Fields.bool("closed"),
          Fields.bool("isVoid"),
          Fields.hash("beacon"),
          Fields.hash("parentHash"));

  void write(AbiWriter writer) {
    writer.tuple(
        fields ->
            fields
                .uint(index)
                .uint(openTimeMillis)
                .uint(openHeight)
                .uint(lengthMillis)
                .uint(blocks)
                .uint(maxGapMillis)
                .uint(ordinal)
                .bool(closed)
                .bool(isVoid)
                .hash(beacon)
                .hash(parentHash));
  }

  static WindowStatus read(AbiReader in) throws MalformedException {
    return new WindowStatus(
        in.uint64(),
        in.uint64(),
        in.uint64(),
        in.uint64(),
        in.uint64(),
        in.uint64(),
        in.uint64(),
        in.bool(),
        in.bool(),
        in.hash(),
        in.hash());
  }
}
