package org.bitcloud.consensus;

import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// Headers that differ from another in one thing.
public final class HeaderChange {
  private HeaderChange() {}

  /// An empty child.
  public static BlockHeader child(
      BlockHeader parent, long timeMillis, Address proposer, Bytes sealData) {
    return new BlockHeader(
        parent.hash(),
        parent.height().next(),
        timeMillis,
        proposer,
        sealData,
        parent.roots(),
        parent.logsBloom(),
        parent.gasLimit(),
        0,
        parent.baseFee(),
        Hash.ZERO,
        parent.nextValidators(),
        parent.nextValidators());
  }

  public static BlockHeader time(BlockHeader h, long timeMillis) {
    return with(h, timeMillis, h.proposer(), h.nextValidators());
  }

  public static BlockHeader proposer(BlockHeader h, Address proposer) {
    return with(h, h.timeMillis(), proposer, h.nextValidators());
  }

  public static BlockHeader nextValidators(BlockHeader h, Hash nextValidators) {
    return with(h, h.timeMillis(), h.proposer(), nextValidators);
  }

  private static BlockHeader with(
      BlockHeader h, long timeMillis, Address proposer, Hash nextValidators) {
    return new BlockHeader(
        h.parent(),
        h.height(),
        timeMillis,
        proposer,
        h.sealData(),
        h.roots(),
        h.logsBloom(),
        h.gasLimit(),
        h.gasUsed(),
        h.baseFee(),
        h.beacon(),
        h.validators(),
        nextValidators);
  }
}
