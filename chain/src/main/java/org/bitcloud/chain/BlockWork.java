package org.bitcloud.chain;

import java.time.Instant;
import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockBody;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.KnownAttestations;
import org.bitcloud.chain.block.KnownTransactions;
import org.bitcloud.chain.state.StateOverlay;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// Builds, checks and executes blocks on any branch, and remembers what it has done already: a
/// block is checked once, and one that was built here is never executed again.
final class BlockWork {
  /* A checked or built block waits for its execution or seal. Few do at a time, and each may hold
  8 MiB. */
  private static final int REMEMBERED_MAX = 8;

  private final Branches branches;
  private final BlockTree tree;
  private final BlockValidator validator;
  private final BlockBuilder builder;
  private final RecentMap<Hash, Checked> checked = new RecentMap<>(REMEMBERED_MAX);
  private final RecentMap<Hash, BlockBuilder.Built> built = new RecentMap<>(REMEMBERED_MAX);
  private volatile KnownTransactions knownTransactions = KnownTransactions.NONE;
  private volatile KnownAttestations knownAttestations = KnownAttestations.NONE;

  BlockWork(Branches branches, BlockTree tree, BlockValidator validator, BlockBuilder builder) {
    this.branches = branches;
    this.tree = tree;
    this.validator = validator;
    this.builder = builder;
  }

  /* The hash does not cover the seal proof, and a body only through its roots. So a check counts for
  the very objects that were checked. */
  private record Checked(Block given, Block prepared) {
    boolean isFor(Block block) {
      return same(given.body(), block.body()) && given.sealProof().equals(block.sealProof());
    }
  }

  void useKnown(KnownTransactions source) {
    knownTransactions = source;
  }

  void useKnownAttestations(KnownAttestations source) {
    knownAttestations = source;
  }

  /// Builds on a block whose state is at hand. For the writing thread.
  UnsealedBlock build(
      BuildRequest request, TransactionSource transactions, AttestationSource attestations) {
    BlockHeader parent =
        branches.header(request.parent()).orElseThrow(() -> noParent(request.parent()));
    StateOverlay state =
        branches.stateAfter(request.parent()).orElseThrow(() -> noParent(request.parent()));
    BlockBuilder.Built result = builder.build(request, parent, state, transactions, attestations);
    built.put(unsealed(result.block().header()), result);
    return result.block();
  }

  /// Checks all that needs no state. For any thread.
  Verdict check(Block block, Instant now) {
    Hash hash = block.hash();
    if (isKnown(block, hash)) {
      return Verdict.accepted();
    }
    Optional<BlockHeader> parent = branches.header(block.header().parent());
    if (parent.isEmpty()) {
      return Verdict.missing(block.header().parent());
    }
    Ancestry ancestry = branches.ancestry(parent.get());
    if (builtHere(block).isPresent()) {
      return remember(validator.checkHeader(block, ancestry, now), hash, block, block);
    }
    Block prepared =
        new Block(
            block.header(),
            block.sealProof(),
            block.body().withKnown(knownTransactions, knownAttestations));
    return remember(validator.check(prepared, ancestry, now), hash, block, prepared);
  }

  /// Checks what is not checked yet and executes. For the writing thread.
  Verdict execute(Block block, Instant now) {
    Hash hash = block.hash();
    if (isExecuted(block, hash)) {
      return Verdict.accepted();
    }
    Verdict verdict = check(block, now);
    if (!verdict.isAccepted()) {
      return verdict;
    }
    Hash parentHash = block.header().parent();
    Optional<StateOverlay> parentState = branches.stateAfter(parentHash);
    if (parentState.isEmpty()) {
      return Verdict.missing(parentHash);
    }
    Optional<BlockBuilder.Built> own = builtHere(block);
    if (own.isPresent()) {
      add(block, hash, own.get().result());
      return verdict;
    }
    Block prepared = checkedHere(block, hash).map(Checked::prepared).orElse(block);
    BlockValidator.Execution execution =
        validator.execute(prepared, branches.header(parentHash).orElseThrow(), parentState.get());
    execution.result().ifPresent(result -> add(prepared, hash, result));
    return execution.verdict();
  }

  private void add(Block block, Hash hash, BlockExecutor.Result result) {
    tree.add(new ExecutedBlock(block, hash, result.receipts(), result.state()));
  }

  private Verdict remember(Verdict verdict, Hash hash, Block given, Block prepared) {
    if (verdict.isAccepted()) {
      checked.put(hash, new Checked(given, prepared));
    }
    return verdict;
  }

  private boolean isKnown(Block block, Hash hash) {
    return checkedHere(block, hash).isPresent() || isExecuted(block, hash);
  }

  private boolean isExecuted(Block block, Hash hash) {
    return tree.find(hash).isPresent() || branches.isCommitted(hash, block.height());
  }

  private Optional<Checked> checkedHere(Block block, Hash hash) {
    return checked.get(hash).filter(earlier -> earlier.isFor(block));
  }

  private Optional<BlockBuilder.Built> builtHere(Block block) {
    return built
        .get(unsealed(block.header()))
        .filter(own -> same(own.block().body(), block.body()));
  }

  /* Comparing contents would cost as much as the check that it is to save. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(BlockBody a, BlockBody b) {
    return a == b;
  }

  private static Hash unsealed(BlockHeader header) {
    return header.withSealData(Bytes.EMPTY).hash();
  }

  private static IllegalArgumentException noParent(Hash parent) {
    return new IllegalArgumentException("no state to build on at block " + parent);
  }
}
