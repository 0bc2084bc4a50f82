package org.bitcloud.chain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.LogsBloom;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.chain.block.Roots;
import org.bitcloud.chain.state.StateOverlay;
import org.bitcloud.contracts.AttestationRefusal;
import org.bitcloud.contracts.BlockContext;
import org.bitcloud.contracts.Journal;
import org.bitcloud.contracts.MutableState;
import org.bitcloud.contracts.Outcome;
import org.bitcloud.contracts.Rules;
import org.bitcloud.contracts.StateKeys;
import org.bitcloud.contracts.TransactionResult;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.attestation.AttestationSigners;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.jspecify.annotations.Nullable;

/// Runs one block: the rules' hook first, then the attestations, then transaction after
/// transaction, then the state root. Building and validating both go through it, so they cannot
/// differ. For one thread and one block.
final class BlockExecutor {
  private final Rules rules;
  private final BlockContext context;
  private final StateOverlay state;
  private final Journal journal;
  private final long gasLimit;
  private final List<Receipt> receipts = new ArrayList<>();
  private long gasUsed;

  private BlockExecutor(
      Rules rules, BlockContext context, StateOverlay parentState, long gasLimit) {
    this.rules = rules;
    this.context = context;
    this.state = parentState.child();
    this.journal = new Journal(state::get);
    this.gasLimit = gasLimit;
  }

  /// Begins a block on a sealed state and runs the rules' hook.
  static BlockExecutor begin(
      Rules rules, BlockContext context, StateOverlay parentState, long gasLimit) {
    BlockExecutor executor = new BlockExecutor(rules, context, parentState, gasLimit);
    rules.beginBlock(executor.journal, context);
    return executor;
  }

  /// What executing a block gave.
  ///
  /// @param receipts one for each transaction
  /// @param gasUsed their sum
  /// @param logsBloom union of theirs
  /// @param receiptsRoot root over them
  /// @param beacon randomness in force now
  /// @param state the sealed state
  /// @param journal every key written, with its value
  record Result(
      List<Receipt> receipts,
      long gasUsed,
      Bytes logsBloom,
      Hash receiptsRoot,
      Hash beacon,
      StateOverlay state,
      Journal journal) {

    Roots roots(Hash transactions, Hash attestations) {
      return new Roots(state.root(), transactions, attestations, receiptsRoot);
    }

    /// Compares with what a header says; empty when all agrees.
    Optional<Verdict> contradiction(BlockHeader header) {
      if (header.gasUsed() != gasUsed) {
        return differs(BlockRule.GAS_USED, header.gasUsed(), gasUsed);
      }
      if (!header.logsBloom().equals(logsBloom)) {
        return Optional.of(Verdict.rejected(BlockRule.LOGS_BLOOM, "another bloom is right"));
      }
      if (!header.roots().receipts().equals(receiptsRoot)) {
        return differs(BlockRule.RECEIPTS_ROOT, header.roots().receipts(), receiptsRoot);
      }
      if (!header.beacon().equals(beacon)) {
        return differs(BlockRule.BEACON, header.beacon(), beacon);
      }
      if (!header.roots().state().equals(state.root())) {
        return differs(BlockRule.STATE_ROOT, header.roots().state(), state.root());
      }
      return Optional.empty();
    }

    private static Optional<Verdict> differs(BlockRule rule, Object said, Object right) {
      return Optional.of(Verdict.rejected(rule, said + " instead of " + right));
    }
  }

  /// Reads at once the accounts that transactions name, so that applying them finds them at hand.
  void readAhead(List<SignedTransaction> transactions) {
    Set<Bytes> keys = HashSet.newHashSet(2 * transactions.size());
    for (SignedTransaction transaction : transactions) {
      Address sender = transaction.senderIfKnown();
      if (sender != null) {
        keys.add(StateKeys.account(sender));
      }
      transaction.transaction().to().ifPresent(to -> keys.add(StateKeys.account(to)));
    }
    state.readAhead(keys);
  }

  /// Applies the next attestation; all come before the first transaction.
  ///
  /// @return empty when it is part of the block now, or why it may not be; then nothing changed
  Optional<AttestationRefusal> attest(
      BandwidthAttestation attestation, AttestationSigners signers) {
    return rules.attest(journal, context, attestation, signers);
  }

  /// Applies the next transaction, whose sender has been recovered.
  ///
  /// @return empty when it is part of the block now, or why it may not be; then nothing changed
  Optional<Outcome.Rejected> apply(SignedTransaction transaction, Address sender) {
    Outcome outcome = rules.apply(journal, context, transaction, gasLimit - gasUsed, sender);
    return switch (outcome) {
      case Outcome.Rejected rejected -> Optional.of(rejected);
      case Outcome.Applied(TransactionResult result) -> {
        gasUsed = Math.addExact(gasUsed, result.gasUsed());
        receipts.add(
            new Receipt(
                transaction.transaction().type(),
                result.success(),
                gasUsed,
                result.logs(),
                result.gasUsed(),
                result.effectiveGasPrice(),
                result.output()));
        yield Optional.empty();
      }
    };
  }

  long height() {
    return context.height();
  }

  long gasLeft() {
    return gasLimit - gasUsed;
  }

  /// Ends the block: hashes receipts and seals the state.
  Result finish() {
    journal.applyTo(new Target(state));
    var _ = state.seal();
    return new Result(
        List.copyOf(receipts),
        gasUsed,
        LogsBloom.ofReceipts(receipts),
        Receipt.root(receipts),
        rules.beacon(state::get),
        state,
        journal);
  }

  /// The state as the rules know it.
  private record Target(StateOverlay state) implements MutableState {
    @Override
    public @Nullable Bytes get(Bytes key) {
      return state.get(key);
    }

    @Override
    public void put(Bytes key, Bytes value) {
      state.put(key, value);
    }

    @Override
    public void delete(Bytes key) {
      state.delete(key);
    }
  }
}
