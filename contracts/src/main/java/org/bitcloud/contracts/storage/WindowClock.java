package org.bitcloud.contracts.storage;

import org.bitcloud.contracts.BlockContext;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// The open window, or what a closed one was like when it closed.
///
/// @param index its number
/// @param openTimeMillis time of its first block
/// @param openHeight height of its first block
/// @param blocks blocks in it, its first among them
/// @param maxGapMillis longest time between two blocks, that before the next window's first too
/// @param ordinal how many valid windows closed before it
/// @param beacon its randomness
/// @param parentHash hash of the block before its first
record WindowClock(
    long index,
    long openTimeMillis,
    long openHeight,
    long blocks,
    long maxGapMillis,
    long ordinal,
    Hash beacon,
    Hash parentHash) {
  /// The window that a block opens.
  static WindowClock opening(long index, long ordinal, BlockContext block) {
    Hash beacon = StorageDraw.beacon(block.genesisHash(), index, block.parentHash());
    return new WindowClock(
        index, block.timeMillis(), block.height(), 1, 0, ordinal, beacon, block.parentHash());
  }

  /// The window after a block came so long after its parent.
  WindowClock afterGap(long gapMillis) {
    return new WindowClock(
        index,
        openTimeMillis,
        openHeight,
        blocks,
        Math.max(maxGapMillis, gapMillis),
        ordinal,
        beacon,
        parentHash);
  }

  WindowClock withBlock() {
    return new WindowClock(
        index, openTimeMillis, openHeight, blocks + 1, maxGapMillis, ordinal, beacon, parentHash);
  }

  /// Whether it counts for nothing if it closes now: the chain was hardly running in it.
  boolean isVoid(long lengthMillis) {
    return blocks < StorageParameters.WINDOW_BLOCKS_MIN || 2 * maxGapMillis > lengthMillis;
  }

  WindowStatus status(long lengthMillis, boolean closed) {
    return new WindowStatus(
        index,
        openTimeMillis,
        openHeight,
        lengthMillis,
        blocks,
        maxGapMillis,
        ordinal,
        closed,
        closed && isVoid(lengthMillis),
        beacon,
        parentHash);
  }

  Bytes encode() {
    return new RlpWriter()
        .beginList()
        .number(index)
        .number(openTimeMillis)
        .number(openHeight)
        .number(blocks)
        .number(maxGapMillis)
        .number(ordinal)
        .hash(beacon)
        .hash(parentHash)
        .endList()
        .toBytes();
  }

  static WindowClock decode(Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded);
    in.enterList();
    WindowClock clock =
        new WindowClock(
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readNumber(),
            in.readHash(),
            in.readHash());
    in.leaveList();
    in.end();
    return clock;
  }
}
