package org.bitcloud.consensus.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.primitives.Bytes;

/// A ledger that does what another one does: the base of those that watch or change a few calls.
public abstract class ForwardingLedger implements LedgerPort {
  private final LedgerPort ledger;

  /// Forwards every call to `ledger`.
  protected ForwardingLedger(LedgerPort ledger) {
    this.ledger = ledger;
  }

  @Override
  public LedgerInfo info() {
    return ledger.info();
  }

  @Override
  public Optional<Bytes> sideData(Bytes key) {
    return ledger.sideData(key);
  }

  @Override
  public GenesisResult initGenesis(Bytes genesis) {
    return ledger.initGenesis(genesis);
  }

  @Override
  public TransactionVerdict checkTransaction(Bytes transaction, boolean recheck) {
    return ledger.checkTransaction(transaction, recheck);
  }

  @Override
  public PendingTransactions pending() {
    return ledger.pending();
  }

  @Override
  public Optional<UnsealedBlock> build(PayloadRequest request) {
    return ledger.build(request);
  }

  @Override
  public Verdict check(Block block, Instant now) {
    return ledger.check(block, now);
  }

  @Override
  public ExecutionResult execute(ExecutionRequest request) {
    return ledger.execute(request);
  }

  @Override
  public void decide(Decision decision) {
    ledger.decide(decision);
  }

  @Override
  public List<Snapshot> snapshots() {
    return ledger.snapshots();
  }

  @Override
  public Optional<Bytes> snapshotChunk(Snapshot snapshot, int index) {
    return ledger.snapshotChunk(snapshot, index);
  }

  @Override
  public SnapshotVerdict offer(Snapshot snapshot) {
    return ledger.offer(snapshot);
  }

  @Override
  public SnapshotVerdict applyChunk(Snapshot snapshot, int index, Bytes chunk) {
    return ledger.applyChunk(snapshot, index, chunk);
  }
}
