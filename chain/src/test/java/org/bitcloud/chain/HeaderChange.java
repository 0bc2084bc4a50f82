package org.bitcloud.chain;

import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Roots;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// Headers that differ from a given one in one respect.
public final class HeaderChange {
  private HeaderChange() {}

  public static BlockHeader withLink(BlockHeader h, Hash parent, Height height) {
    return new BlockHeader(
        parent,
        height,
        h.timeMillis(),
        h.proposer(),
        h.sealData(),
        h.roots(),
        h.logsBloom(),
        h.gasLimit(),
        h.gasUsed(),
        h.baseFee(),
        h.beacon(),
        h.validators(),
        h.nextValidators());
  }

  public static BlockHeader withTime(BlockHeader h, long timeMillis) {
    return new BlockHeader(
        h.parent(),
        h.height(),
        timeMillis,
        h.proposer(),
        h.sealData(),
        h.roots(),
        h.logsBloom(),
        h.gasLimit(),
        h.gasUsed(),
        h.baseFee(),
        h.beacon(),
        h.validators(),
        h.nextValidators());
  }

  public static BlockHeader withRoots(BlockHeader h, Roots roots) {
    return new BlockHeader(
        h.parent(),
        h.height(),
        h.timeMillis(),
        h.proposer(),
        h.sealData(),
        roots,
        h.logsBloom(),
        h.gasLimit(),
        h.gasUsed(),
        h.baseFee(),
        h.beacon(),
        h.validators(),
        h.nextValidators());
  }

  public static BlockHeader withBloom(BlockHeader h, Bytes bloom) {
    return new BlockHeader(
        h.parent(),
        h.height(),
        h.timeMillis(),
        h.proposer(),
        h.sealData(),
        h.roots(),
        bloom,
        h.gasLimit(),
        h.gasUsed(),
        h.baseFee(),
        h.beacon(),
        h.validators(),
        h.nextValidators());
  }

  public static BlockHeader withGas(BlockHeader h, long limit, long used) {
    return new BlockHeader(
        h.parent(),
        h.height(),
        h.timeMillis(),
        h.proposer(),
        h.sealData(),
        h.roots(),
        h.logsBloom(),
        limit,
        used,
        h.baseFee(),
        h.beacon(),
        h.validators(),
        h.nextValidators());
  }

  public static BlockHeader withBaseFee(BlockHeader h, Amount baseFee) {
    return new BlockHeader(
        h.parent(),
        h.height(),
        h.timeMillis(),
        h.proposer(),
        h.sealData(),
        h.roots(),
        h.logsBloom(),
        h.gasLimit(),
        h.gasUsed(),
        baseFee,
        h.beacon(),
        h.validators(),
        h.nextValidators());
  }

  public static BlockHeader withBeacon(BlockHeader h, Hash beacon) {
    return new BlockHeader(
        h.parent(),
        h.height(),
        h.timeMillis(),
        h.proposer(),
        h.sealData(),
        h.roots(),
        h.logsBloom(),
        h.gasLimit(),
        h.gasUsed(),
        h.baseFee(),
        beacon,
        h.validators(),
        h.nextValidators());
  }

  public static BlockHeader withValidators(BlockHeader h, Hash validators) {
    return new BlockHeader(
        h.parent(),
        h.height(),
        h.timeMillis(),
        h.proposer(),
        h.sealData(),
        h.roots(),
        h.logsBloom(),
        h.gasLimit(),
        h.gasUsed(),
        h.baseFee(),
        h.beacon(),
        validators,
        h.nextValidators());
  }
}
