package org.bitcloud.contracts.storage;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.merkle.MerkleProof;
import org.bitcloud.primitives.merkle.MerkleTree;

/// Checks a provider's answer to its challenge and notes which draws it proves.
record Proving(Session session) {
  // A leaf and a node are hashed behind one byte each.
  private static final int LEAF_HASHED = 1 + StorageParameters.LEAF_BYTES;
  private static final int NODE_HASHED = 1 + 2 * Hash.SIZE;

  void prove(StorageCall.Prove call) throws Revert {
    WindowClock clock = session.clock();
    StorageRule.WINDOW_NOT_OPEN.require(call.window() == clock.index());
    ProviderState provider = session.settled(session.context().caller());
    StorageRule.ALREADY_PROVEN.require(provider.maskOf(clock.index()) == 0);
    Amount due = provider.due.at(clock.index());
    StorageRule.NOTHING_DUE.require(!due.isZero());
    StorageProof proof = decode(call.proof());

    Draws draws = new Draws(session, provider, clock.index(), clock.beacon());
    List<Challenge.Drawn> drawn = new ArrayList<>();
    for (int i = 0; i < StorageParameters.DRAWS; i++) {
      drawn.add(draws.draw(i));
    }
    int mask = 0;
    Hash before = Hash.ZERO;
    for (StorageProof.Answer answer : proof.answers()) {
      StorageRule.PROOF_ORDER.require(answer.contractId().compareTo(before) > 0);
      before = answer.contractId();
      mask |= proven(answer, drawn, draws);
    }
    provider.provenWindow = clock.index();
    provider.provenMask = mask;
    session.entries().set(provider);
    session.emit(
        new StorageEvent.WindowProven(
            provider.address, clock.index(), mask, Integer.bitCount(mask)));
  }

  private static StorageProof decode(Bytes encoded) throws Revert {
    try {
      return StorageProof.decode(encoded);
    } catch (MalformedException e) {
      throw StorageRule.PROOF_MALFORMED.revert();
    }
  }

  /// The draws that an answer proves.
  private int proven(StorageProof.Answer answer, List<Challenge.Drawn> drawn, Draws draws)
      throws Revert {
    List<Challenge.Drawn> asked =
        drawn.stream().filter(draw -> draw.contractId().equals(answer.contractId())).toList();
    StorageRule.CONTRACT_NOT_DRAWN.require(!asked.isEmpty());
    int mask = 0;
    for (long index : answer.indices()) {
      int bits = bits(new Challenge.Drawn(answer.contractId(), index), drawn);
      StorageRule.LEAF_NOT_DRAWN.require(bits != 0);
      mask |= bits;
    }
    ContractStatus.Content frozen = draws.state(answer.contractId()).at(session.clock().index());
    StorageRule.PROOF_WRONG.require(leadsTo(frozen, answer));
    return mask;
  }

  /// The draws that ask for a leaf; two may ask for the same.
  private static int bits(Challenge.Drawn leaf, List<Challenge.Drawn> drawn) {
    int bits = 0;
    for (int i = 0; i < drawn.size(); i++) {
      if (drawn.get(i).equals(leaf)) {
        bits |= 1 << i;
      }
    }
    return bits;
  }

  private boolean leadsTo(ContractStatus.Content frozen, StorageProof.Answer answer) {
    int count = answer.indices().size();
    byte[] leaves = answer.leaves().toArray();
    byte[] hashes = new byte[count * Hash.SIZE];
    long[] indices = new long[count];
    for (int i = 0; i < count; i++) {
      session.context().chargeHash(LEAF_HASHED);
      MerkleTree.leaf(
          leaves,
          i * StorageParameters.LEAF_BYTES,
          StorageParameters.LEAF_BYTES,
          hashes,
          i * Hash.SIZE);
      indices[i] = answer.indices().get(i);
    }
    // Every sibling and every leaf but one is joined once.
    int joins = answer.siblings().size() / Hash.SIZE + count - 1;
    for (int i = 0; i < joins; i++) {
      session.context().chargeHash(NODE_HASHED);
    }
    try {
      Hash root =
          MerkleProof.root(
              frozen.sectors() * StorageParameters.SECTOR_LEAVES,
              indices,
              Bytes.wrap(hashes),
              answer.siblings());
      return root.equals(frozen.root());
    } catch (MalformedException e) {
      return false;
    }
  }
}
