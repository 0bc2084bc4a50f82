package org.bitcloud.consensus.pow;

import java.math.BigInteger;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// The seal data of a `pow` header.
///
/// @param target the hash of work is at most this; 1 to 2^256 - 1
/// @param nonce what was looked for
/// @param work the sum of work up to this block
/// @param next target of every child
record PowSeal(BigInteger target, long nonce, BigInteger work, BigInteger next) {
  PowSeal withNonce(long other) {
    return new PowSeal(target, other, work, next);
  }

  Bytes encode() {
    return RlpWriter.encode(
        out -> {
          out.beginList();
          out.amount(Amount.of(target));
          out.number(nonce);
          out.amount(Amount.of(work));
          out.amount(Amount.of(next));
          out.endList();
        });
  }

  /// What is hashed in place of the seal data: all of them but the nonce.
  Bytes encodeWithoutNonce() {
    return RlpWriter.encode(
        out -> {
          out.beginList();
          out.amount(Amount.of(target));
          out.amount(Amount.of(work));
          out.amount(Amount.of(next));
          out.endList();
        });
  }

  static PowSeal decode(Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded);
    in.enterList();
    PowSeal seal =
        new PowSeal(
            in.readAmount().drops(),
            in.readNumber(),
            in.readAmount().drops(),
            in.readAmount().drops());
    in.leaveList();
    in.end();
    if (seal.target.signum() == 0 || seal.next.signum() == 0) {
      throw new MalformedException("a target is zero");
    }
    return seal;
  }

  /// The seal data of a header; block 0 has none and begins the sum.
  ///
  /// @param first target of block 1
  static PowSeal of(BlockHeader header, BigInteger first) throws MalformedException {
    return header.height().equals(Height.GENESIS)
        ? new PowSeal(first, 0, BigInteger.ZERO, first)
        : decode(header.sealData());
  }
}
