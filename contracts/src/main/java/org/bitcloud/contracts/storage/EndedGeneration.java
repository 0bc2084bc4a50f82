package org.bitcloud.contracts.storage;

import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// What a provider left behind when it was ended, until its renters claim it.
///
/// @param accumulated its proven leaves up to the end
/// @param window the last window it missed
/// @param escrow drops that renters have not claimed yet
record EndedGeneration(long accumulated, long window, Amount escrow) {
  EndedGeneration claimed(Amount amount) {
    return new EndedGeneration(accumulated, window, escrow.minus(amount));
  }

  Bytes encode() {
    return new RlpWriter()
        .beginList()
        .number(accumulated)
        .number(window)
        .amount(escrow)
        .endList()
        .toBytes();
  }

  static EndedGeneration decode(Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded);
    in.enterList();
    EndedGeneration ended = new EndedGeneration(in.readNumber(), in.readNumber(), in.readAmount());
    in.leaveList();
    in.end();
    return ended;
  }
}
