package org.bitcloud.chain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockBody;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.state.StateOverlay;
import org.bitcloud.contracts.BlockContext;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.contracts.Outcome;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.primitives.attestation.BandwidthMeasurement;
import org.bitcloud.primitives.tx.SignedTransaction;

/// Checks blocks against the numbered rules of [BlockRule], in their order. Holds no state of its
/// own and may be used by several threads at once.
final class BlockValidator {
  private final Genesis genesis;
  private final Hash genesisHash;
  private final Rules rules;
  private final HeaderRules headerRules;
  private final SenderRecovery senders;

  BlockValidator(Genesis genesis, Rules rules, HeaderRules headerRules, SenderRecovery senders) {
    this.genesis = genesis;
    this.genesisHash = genesis.genesisHash();
    this.rules = rules;
    this.headerRules = headerRules;
    this.senders = senders;
  }

  /// The verdict on an execution, with its result when good.
  ///
  /// @param verdict accepted or rejected
  /// @param result what execution gave; present exactly when accepted
  record Execution(Verdict verdict, Optional<BlockExecutor.Result> result) {
    private static Execution rejected(Verdict verdict) {
      return new Execution(verdict, Optional.empty());
    }
  }

  /// Returns what the rules may know of a block on `parent`.
  BlockContext context(BlockHeader header, BlockHeader parent) {
    return new BlockContext(
        genesis.chainId(),
        genesisHash,
        header.height().value(),
        header.timeMillis(),
        header.proposer(),
        header.baseFee(),
        header.parent(),
        parent.timeMillis());
  }

  /// Checks all that needs no state: sizes, header against parent, seal, lists, signatures.
  Verdict check(Block block, Ancestry ancestry, Instant now) {
    return sizes(block)
        .or(() -> link(block.header(), ancestry.parent()))
        .or(() -> seal(block, ancestry, now))
        .or(() -> lists(block))
        .or(() -> attestations(block))
        .or(() -> transactions(block.body().transactions()))
        .orElseGet(Verdict::accepted);
  }

  /// Checks size, header and seal alone, for a block whose body this node has put together itself.
  Verdict checkHeader(Block block, Ancestry ancestry, Instant now) {
    return sizes(block)
        .or(() -> link(block.header(), ancestry.parent()))
        .or(() -> seal(block, ancestry, now))
        .orElseGet(Verdict::accepted);
  }

  /// Executes a checked block on its parent's state and compares all results with the header.
  Execution execute(Block block, BlockHeader parent, StateOverlay parentState) {
    BlockHeader header = block.header();
    BlockExecutor executor =
        BlockExecutor.begin(rules, context(header, parent), parentState, header.gasLimit());
    int place = 0;
    for (BandwidthAttestation attestation : block.body().attestations()) {
      Optional<Verdict> refusal = attest(executor, attestation, place++);
      if (refusal.isPresent()) {
        return Execution.rejected(refusal.get());
      }
    }
    List<SignedTransaction> transactions = block.body().transactions();
    executor.readAhead(transactions);
    int index = 0;
    for (SignedTransaction transaction : transactions) {
      Optional<Verdict> refusal = apply(executor, transaction, index++);
      if (refusal.isPresent()) {
        return Execution.rejected(refusal.get());
      }
    }
    BlockExecutor.Result result = executor.finish();
    return result
        .contradiction(header)
        .map(Execution::rejected)
        .orElseGet(() -> new Execution(Verdict.accepted(), Optional.of(result)));
  }

  private static Optional<Verdict> attest(
      BlockExecutor executor, BandwidthAttestation attestation, int index) {
    try {
      return executor
          .attest(attestation, attestation.signers())
          .map(
              refused ->
                  Verdict.rejected(
                      BlockRule.ATTESTATION_STATE,
                      "attestation %d: %s".formatted(index, refused.message())));
    } catch (MalformedException e) {
      return fail(
          BlockRule.ATTESTATION_SIGNATURE, "attestation %d: %s".formatted(index, e.getMessage()));
    }
  }

  private static Optional<Verdict> apply(
      BlockExecutor executor, SignedTransaction transaction, int index) {
    try {
      return executor
          .apply(transaction, transaction.sender())
          .map(
              (Outcome.Rejected refused) ->
                  Verdict.rejected(
                      BlockRule.TRANSACTION_STATE,
                      "transaction %d: %s %s".formatted(index, refused.code(), refused.message())));
    } catch (MalformedException e) {
      return fail(BlockRule.SIGNATURE, "transaction %d: %s".formatted(index, e.getMessage()));
    }
  }

  private static Optional<Verdict> sizes(Block block) {
    int sealData = block.header().sealData().size();
    if (sealData > BlockHeader.SEAL_DATA_BYTES_MAX) {
      return fail(BlockRule.SEAL_DATA_SIZE, sealData + " bytes");
    }
    int sealProof = block.sealProof().size();
    if (sealProof > Block.SEAL_PROOF_BYTES_MAX) {
      return fail(BlockRule.SEAL_PROOF_SIZE, sealProof + " bytes");
    }
    long body = block.body().encodedSize();
    if (body > BlockBody.BODY_BYTES_MAX) {
      return fail(BlockRule.BODY_SIZE, body + " bytes");
    }
    int attestations = block.body().attestations().size();
    if (attestations > BlockBody.ATTESTATIONS_MAX) {
      return fail(BlockRule.ATTESTATION_COUNT, attestations + " attestations");
    }
    return Optional.empty();
  }

  private Optional<Verdict> link(BlockHeader header, BlockHeader parent) {
    if (!header.height().equals(parent.height().next())) {
      return fail(BlockRule.HEIGHT, header.height() + " after " + parent.height());
    }
    if (header.timeMillis() <= parent.timeMillis()) {
      return fail(BlockRule.TIME, header.timeMillis() + " after " + parent.timeMillis());
    }
    if (header.gasLimit() != genesis.gasLimit()) {
      return fail(BlockRule.GAS_LIMIT, header.gasLimit() + " instead of " + genesis.gasLimit());
    }
    if (header.gasUsed() > header.gasLimit()) {
      return fail(BlockRule.GAS_USED_BOUND, header.gasUsed() + " of " + header.gasLimit());
    }
    var baseFee = FeeSchedule.nextBaseFee(parent.gasUsed(), parent.gasLimit(), parent.baseFee());
    if (!header.baseFee().equals(baseFee)) {
      return fail(BlockRule.BASE_FEE, header.baseFee() + " instead of " + baseFee);
    }
    if (!header.validators().equals(parent.nextValidators())) {
      return fail(
          BlockRule.VALIDATORS, header.validators() + " instead of " + parent.nextValidators());
    }
    return Optional.empty();
  }

  private Optional<Verdict> seal(Block block, Ancestry ancestry, Instant now) {
    Verdict verdict = headerRules.check(block.header(), block.sealProof(), ancestry, now);
    return verdict.isAccepted() ? Optional.empty() : Optional.of(verdict);
  }

  private static Optional<Verdict> lists(Block block) {
    Hash transactions = block.body().transactionsRoot();
    if (!block.header().roots().transactions().equals(transactions)) {
      return fail(
          BlockRule.TRANSACTIONS_ROOT,
          block.header().roots().transactions() + " instead of " + transactions);
    }
    Hash attestations = block.body().attestationsRoot();
    if (!block.header().roots().attestations().equals(attestations)) {
      return fail(
          BlockRule.ATTESTATIONS_ROOT,
          block.header().roots().attestations() + " instead of " + attestations);
    }
    return Optional.empty();
  }

  private Optional<Verdict> attestations(Block block) {
    List<BandwidthAttestation> attestations = block.body().attestations();
    if (attestations.isEmpty()) {
      return Optional.empty();
    }
    if (!rules.takesAttestations(block.height().value())) {
      return fail(BlockRule.ATTESTATIONS_INACTIVE, attestations.size() + " attestations");
    }
    for (int i = 0; i < attestations.size(); i++) {
      BandwidthMeasurement measurement = attestations.get(i).measurement();
      if (i > 0 && measurement.compareTo(attestations.get(i - 1).measurement()) <= 0) {
        return fail(BlockRule.ATTESTATION_ORDER, "attestation " + i);
      }
      if (measurement.chainId() != genesis.chainId()) {
        return fail(
            BlockRule.ATTESTATION_CHAIN_ID,
            "attestation %d: %d instead of %d"
                .formatted(i, measurement.chainId(), genesis.chainId()));
      }
    }
    return senders
        .recoverSigners(attestations)
        .map(
            failure ->
                Verdict.rejected(
                    BlockRule.ATTESTATION_SIGNATURE,
                    "attestation %d: %s".formatted(failure.index(), failure.reason())));
  }

  private Optional<Verdict> transactions(List<SignedTransaction> transactions) {
    for (int i = 0; i < transactions.size(); i++) {
      SignedTransaction transaction = transactions.get(i);
      long chainId = transaction.transaction().chainId();
      if (chainId != genesis.chainId()) {
        return fail(
            BlockRule.CHAIN_ID,
            "transaction %d: %d instead of %d".formatted(i, chainId, genesis.chainId()));
      }
      long gasLimit = transaction.transaction().gasLimit();
      if (gasLimit > genesis.gasLimit()) {
        return fail(
            BlockRule.TRANSACTION_GAS,
            "transaction %d: %d of %d".formatted(i, gasLimit, genesis.gasLimit()));
      }
    }
    return senders
        .recover(transactions)
        .map(
            failure ->
                Verdict.rejected(
                    BlockRule.SIGNATURE,
                    "transaction %d: %s".formatted(failure.index(), failure.reason())));
  }

  private static Optional<Verdict> fail(BlockRule rule, String detail) {
    return Optional.of(Verdict.rejected(rule, detail));
  }
}
