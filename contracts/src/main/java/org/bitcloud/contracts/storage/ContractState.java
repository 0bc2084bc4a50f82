package org.bitcloud.contracts.storage;

import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// What changes about a contract, while a call works on it. For one thread.
final class ContractState {
  Phase phase = Phase.ACTIVE;

  /// It is over once so many valid windows have closed.
  long endOrdinal;

  long revision;

  /// What it holds in windows before `nextFrom`, or always if that is zero.
  ContractStatus.Content content = ContractStatus.Content.NONE;

  /// What it holds from `nextFrom` on.
  ContractStatus.Content next = ContractStatus.Content.NONE;

  /// Window of the last change that has not been taken over into `content`; zero if none.
  long nextFrom;

  Amount escrow = Amount.ZERO;
  Amount collateral = Amount.ZERO;
  Amount paid = Amount.ZERO;

  /// The provider's `accumulated` up to which the escrow has paid.
  long checkpoint;

  long provenLeaves;
  long missedLeaves;

  ContractStatus.Content at(long window) {
    return nextFrom > 0 && window >= nextFrom ? next : content;
  }

  ContractStatus.Content latest() {
    return nextFrom > 0 ? next : content;
  }

  Bytes encode() {
    return new RlpWriter()
        .beginList()
        .number(phase.code())
        .number(endOrdinal)
        .number(revision)
        .hash(content.root())
        .number(content.sectors())
        .hash(next.root())
        .number(next.sectors())
        .number(nextFrom)
        .amount(escrow)
        .amount(collateral)
        .amount(paid)
        .number(checkpoint)
        .number(provenLeaves)
        .number(missedLeaves)
        .endList()
        .toBytes();
  }

  static ContractState decode(Bytes encoded) throws MalformedException {
    RlpReader in = RlpReader.of(encoded);
    in.enterList();
    ContractState state = new ContractState();
    state.phase = Phase.of(in.readNumber());
    state.endOrdinal = in.readNumber();
    state.revision = in.readNumber();
    state.content = new ContractStatus.Content(in.readHash(), in.readNumber());
    state.next = new ContractStatus.Content(in.readHash(), in.readNumber());
    state.nextFrom = in.readNumber();
    state.escrow = in.readAmount();
    state.collateral = in.readAmount();
    state.paid = in.readAmount();
    state.checkpoint = in.readNumber();
    state.provenLeaves = in.readNumber();
    state.missedLeaves = in.readNumber();
    in.leaveList();
    in.end();
    return state;
  }
}
