package org.bitcloud.consensus.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.primitives.Bytes;

/// The one door from consensus to the ledger. The runtime of embedded engines and the adapter of
/// outside engines call just this, one call at a time.
///
/// Nothing is durable before [#decide] returns; everything else may be forgotten and asked again.
public interface LedgerPort {
  /// Returns where the ledger stands.
  LedgerInfo info();

  /// Returns an entry that an earlier decision wrote for the engine.
  Optional<Bytes> sideData(Bytes key);

  /// Compares the genesis that an engine brings with the ledger's own.
  ///
  /// @param genesis canonical RLP of the genesis record
  /// @throws IllegalArgumentException when it is another network's
  GenesisResult initGenesis(Bytes genesis);

  /// Puts a transaction before the pool.
  ///
  /// @param recheck whether it was accepted before and a block has come since
  TransactionVerdict checkTransaction(Bytes transaction, boolean recheck);

  /// Returns what waits in the pool.
  PendingTransactions pending();

  /// Builds a block that [#check] accepts. Returns by the request's deadline, with what there is
  /// then, perhaps without a transaction. Empty when the parent is not known or the time is not
  /// after its.
  Optional<UnsealedBlock> build(PayloadRequest request);

  /// Judges a sealed block and executes it on its parent's state, kept until a decision makes it
  /// part of the chain or impossible. A pure function of parent and block, but for `now`. Cheap for
  /// a block that this node built.
  Verdict check(Block block, Instant now);

  /// Makes our block of a list of transactions that an outside engine decided. The result, sealed,
  /// goes through [#check] before [#decide].
  ///
  /// @throws IllegalArgumentException when the parent is not known or the time is not after its
  ExecutionResult execute(ExecutionRequest request);

  /// Writes head, finality, engine entries, blocks and state in one durable batch. Idempotent.
  ///
  /// When it throws, nothing may be relied on any more and the process must stop.
  void decide(Decision decision);

  /// Returns the snapshots that other nodes may fetch here; empty when there are none.
  List<Snapshot> snapshots();

  /// Returns one chunk, or empty when the snapshot is not there any more.
  Optional<Bytes> snapshotChunk(Snapshot snapshot, int index);

  /// Asks whether to start from `snapshot` instead of the first block.
  SnapshotVerdict offer(Snapshot snapshot);

  /// Hands over one chunk of the snapshot that was accepted.
  SnapshotVerdict applyChunk(Snapshot snapshot, int index, Bytes chunk);
}
