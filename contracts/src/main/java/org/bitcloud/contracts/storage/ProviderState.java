package org.bitcloud.contracts.storage;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// A provider's books while a call works on them. For one thread.
///
/// A **generation** lasts from one ending for missed windows to the next; slots, due amounts and
/// ends belong to it.
final class ProviderState {
  final Address address;

  /// Drops that it may withdraw or stake.
  Amount funds = Amount.ZERO;

  /// Collateral left in its running contracts.
  Amount locked = Amount.ZERO;

  /// Escrow left in its running contracts.
  Amount escrow = Amount.ZERO;

  Amount earned = Amount.ZERO;
  Amount penalties = Amount.ZERO;
  long generation;

  /// The first valid window, by ordinal, that is not settled.
  long ordinal;

  long misses;

  /// Window that the mask belongs to; without meaning while the mask is zero.
  long provenWindow;

  int provenMask;

  /// Proven leaves summed over all settled windows that had something due; never falls.
  long accumulated;

  /// Running contracts.
  long active;

  /// Slots ever used in this generation.
  long slots;

  /// Used slots that are free again.
  long freeSlots;

  /// Levels of the tree above its leaves.
  int depth;

  /// Window in which a contract changed, plus one, until `accumulated` is noted for it; else zero.
  long checkpointWanted;

  /// What all running contracts pay for a window, the root of the tree.
  Timeline due = Timeline.ZERO;

  ProviderState(Address address) {
    this.address = address;
  }

  /// Proven draws of a window.
  int maskOf(long window) {
    return provenWindow == window ? provenMask : 0;
  }

  Bytes encode() {
    RlpWriter out =
        new RlpWriter()
            .beginList()
            .amount(funds)
            .amount(locked)
            .amount(escrow)
            .amount(earned)
            .amount(penalties)
            .number(generation)
            .number(ordinal)
            .number(misses)
            .number(provenWindow)
            .number(provenMask)
            .number(accumulated)
            .number(active)
            .number(slots)
            .number(freeSlots)
            .number(depth)
            .number(checkpointWanted);
    due.write(out);
    return out.endList().toBytes();
  }

  static ProviderState decode(Address address, Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded);
    in.enterList();
    ProviderState state = new ProviderState(address);
    state.funds = in.readAmount();
    state.locked = in.readAmount();
    state.escrow = in.readAmount();
    state.earned = in.readAmount();
    state.penalties = in.readAmount();
    state.generation = in.readNumber();
    state.ordinal = in.readNumber();
    state.misses = in.readNumber();
    state.provenWindow = in.readNumber();
    state.provenMask = (int) in.readNumber();
    state.accumulated = in.readNumber();
    state.active = in.readNumber();
    state.slots = in.readNumber();
    state.freeSlots = in.readNumber();
    state.depth = (int) in.readNumber();
    state.checkpointWanted = in.readNumber();
    state.due = Timeline.read(in);
    in.leaveList();
    in.end();
    return state;
  }
}
