package org.bitcloud.contracts.storage;

import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// An amount that changes from one window to the next: what it was, and what it is from then on.
///
/// Only the last change is remembered. That suffices, since whoever changes anything settles every
/// closed window first, so that no earlier value is asked for any more.
///
/// @param base value in windows before `from`
/// @param next value in `from` and later windows
/// @param from window of the last change
record Timeline(Amount base, Amount next, long from) {
  static final Timeline ZERO = new Timeline(Amount.ZERO, Amount.ZERO, 0);

  Amount at(long window) {
    return window >= from ? next : base;
  }

  /// The timeline with a part of it changed from a window on, no earlier than the last change.
  Timeline changed(long window, Amount oldPart, Amount newPart) {
    Invariant.check(window >= from, "a timeline only changes forwards");
    Amount changed = next.plus(newPart).minus(oldPart);
    return new Timeline(window > from ? next : base, changed, window);
  }

  boolean isZero() {
    return base.isZero() && next.isZero();
  }

  void write(RlpWriter out) {
    out.amount(base).amount(next).number(from);
  }

  static Timeline read(RlpReader in) throws MalformedException {
    return new Timeline(in.readAmount(), in.readAmount(), in.readNumber());
  }

  Bytes encode() {
    RlpWriter out = new RlpWriter().beginList();
    write(out);
    return out.endList().toBytes();
  }

  static Timeline decode(Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded);
    in.enterList();
    Timeline timeline = read(in);
    in.leaveList();
    in.end();
    return timeline;
  }
}
