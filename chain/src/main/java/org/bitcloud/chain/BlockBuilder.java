package org.bitcloud.chain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.block.BlockBody;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.state.StateOverlay;
import org.bitcloud.contracts.AttestationRefusal;
import org.bitcloud.contracts.BlockContext;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.contracts.Outcome;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.primitives.tx.SignedTransaction;

/// Fills a block with what its sources offer, executing as it goes.
final class BlockBuilder {
  /* Room for the list heads of a body; an item's own head is at most 4 bytes. */
  private static final int LISTS_BYTES = 16;
  private static final int HEAD_BYTES = 4;
  private static final String NO_ROOM = "does not fit into the rest of the body";

  private final Genesis genesis;
  private final Hash genesisHash;
  private final Rules rules;

  BlockBuilder(Genesis genesis, Rules rules) {
    this.genesis = genesis;
    this.genesisHash = genesis.genesisHash();
    this.rules = rules;
  }

  /// A block with the results that its header names.
  record Built(UnsealedBlock block, BlockExecutor.Result result) {}

  Built build(
      BuildRequest request,
      BlockHeader parent,
      StateOverlay parentState,
      TransactionSource transactions,
      AttestationSource attestations) {
    if (request.timeMillis() <= parent.timeMillis()) {
      throw new IllegalArgumentException(
          "block time %d is not above the parent's %d"
              .formatted(request.timeMillis(), parent.timeMillis()));
    }
    Amount baseFee = FeeSchedule.nextBaseFee(parent.gasUsed(), parent.gasLimit(), parent.baseFee());
    BlockContext context =
        new BlockContext(
            genesis.chainId(),
            genesisHash,
            parent.height().next().value(),
            request.timeMillis(),
            request.proposer(),
            baseFee,
            request.parent(),
            parent.timeMillis());
    long gasMax = Math.min(request.gasMax(), genesis.gasLimit());
    BlockExecutor executor = BlockExecutor.begin(rules, context, parentState, gasMax);
    Room room = new Room(request.bodyBytesMax());
    List<BandwidthAttestation> attested = attest(executor, attestations, room);
    BlockBody body = new BlockBody(fill(executor, transactions, room), attested);
    BlockExecutor.Result result = executor.finish();
    return new Built(new UnsealedBlock(header(request, context, body, result), body), result);
  }

  /// What is left of the body's bytes.
  private static final class Room {
    private long bytesLeft;

    Room(int bodyBytesMax) {
      this.bytesLeft = Math.min(bodyBytesMax, BlockBody.BODY_BYTES_MAX) - (long) LISTS_BYTES;
    }

    boolean fits(int size) {
      return size + HEAD_BYTES <= bytesLeft;
    }

    void take(int size) {
      bytesLeft -= size + HEAD_BYTES;
    }
  }

  private List<BandwidthAttestation> attest(
      BlockExecutor executor, AttestationSource source, Room room) {
    if (!rules.takesAttestations(executor.height())) {
      return List.of();
    }
    List<BandwidthAttestation> candidates = new ArrayList<>(source.candidates());
    candidates.sort(Comparator.comparing(BandwidthAttestation::measurement));
    List<BandwidthAttestation> taken = new ArrayList<>();
    for (BandwidthAttestation candidate : candidates) {
      if (taken.size() == BlockBody.ATTESTATIONS_MAX || !room.fits(candidate.size())) {
        source.refused(candidate, "BODY_SIZE", NO_ROOM);
      } else if (!taken.isEmpty()
          && taken.getLast().measurement().compareTo(candidate.measurement()) == 0) {
        source.refused(candidate, "ATTESTATION_ORDER", "another one is of this target and window");
      } else if (take(executor, source, candidate)) {
        taken.add(candidate);
        room.take(candidate.size());
      }
    }
    return taken;
  }

  private static boolean take(
      BlockExecutor executor, AttestationSource source, BandwidthAttestation attestation) {
    try {
      Optional<AttestationRefusal> refused = executor.attest(attestation, attestation.signers());
      refused.ifPresent(why -> source.refused(attestation, why.code(), why.message()));
      return refused.isEmpty();
    } catch (MalformedException e) {
      source.refused(attestation, "ATTESTATION_SIGNATURE", String.valueOf(e.getMessage()));
      return false;
    }
  }

  private List<SignedTransaction> fill(
      BlockExecutor executor, TransactionSource source, Room room) {
    List<SignedTransaction> taken = new ArrayList<>();
    long cheapest = rules.fees().intrinsic().transaction();
    while (executor.gasLeft() >= cheapest) {
      Optional<SignedTransaction> next = source.next();
      if (next.isEmpty()) {
        break;
      }
      SignedTransaction transaction = next.get();
      if (!room.fits(transaction.size())) {
        source.refused(transaction, "BODY_SIZE", NO_ROOM);
      } else if (take(executor, source, transaction)) {
        taken.add(transaction);
        room.take(transaction.size());
      }
    }
    return taken;
  }

  private static boolean take(
      BlockExecutor executor, TransactionSource source, SignedTransaction transaction) {
    try {
      Address sender = transaction.sender();
      Optional<Outcome.Rejected> refused = executor.apply(transaction, sender);
      refused.ifPresent(why -> source.refused(transaction, why.code(), why.message()));
      return refused.isEmpty();
    } catch (MalformedException e) {
      source.refused(transaction, "SIGNATURE", String.valueOf(e.getMessage()));
      return false;
    }
  }

  private BlockHeader header(
      BuildRequest request, BlockContext context, BlockBody body, BlockExecutor.Result result) {
    return new BlockHeader(
        request.parent(),
        new Height(context.height()),
        context.timeMillis(),
        context.proposer(),
        request.sealData(),
        result.roots(body.transactionsRoot(), body.attestationsRoot()),
        result.logsBloom(),
        genesis.gasLimit(),
        result.gasUsed(),
        context.baseFee(),
        result.beacon(),
        request.validators(),
        request.nextValidators());
  }
}
