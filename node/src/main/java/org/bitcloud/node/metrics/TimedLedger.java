package org.bitcloud.node.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.consensus.ledger.Decision;
import org.bitcloud.consensus.ledger.ExecutionRequest;
import org.bitcloud.consensus.ledger.ExecutionResult;
import org.bitcloud.consensus.ledger.GenesisResult;
import org.bitcloud.consensus.ledger.LedgerInfo;
import org.bitcloud.consensus.ledger.LedgerPort;
import org.bitcloud.consensus.ledger.PayloadRequest;
import org.bitcloud.consensus.ledger.PendingTransactions;
import org.bitcloud.consensus.ledger.Snapshot;
import org.bitcloud.consensus.ledger.SnapshotVerdict;
import org.bitcloud.consensus.ledger.TransactionVerdict;
import org.bitcloud.primitives.Bytes;

/// A ledger whose work on blocks is timed.
final class TimedLedger implements LedgerPort {
  private final LedgerPort ledger;
  private final Timer build;
  private final Timer execute;
  private final Timer decide;

  TimedLedger(LedgerPort ledger, MeterRegistry registry) {
    this.ledger = ledger;
    this.build =
        Timer.builder("block.build")
            .description("Making a block out of the mempool, its execution included")
            .register(registry);
    this.execute =
        Timer.builder("block.execute")
            .description("Checking and executing a proposed block")
            .register(registry);
    this.decide =
        Timer.builder("block.decide")
            .description("Committing decided blocks to the disk")
            .register(registry);
  }

  @Override
  public Optional<UnsealedBlock> build(PayloadRequest request) {
    Timer.Sample sample = Timer.start();
    try {
      return ledger.build(request);
    } finally {
      long _ = sample.stop(build);
    }
  }

  @Override
  public Verdict check(Block block, Instant now) {
    Timer.Sample sample = Timer.start();
    try {
      return ledger.check(block, now);
    } finally {
      long _ = sample.stop(execute);
    }
  }

  @Override
  public ExecutionResult execute(ExecutionRequest request) {
    Timer.Sample sample = Timer.start();
    try {
      return ledger.execute(request);
    } finally {
      long _ = sample.stop(execute);
    }
  }

  @Override
  public void decide(Decision decision) {
    Timer.Sample sample = Timer.start();
    try {
      ledger.decide(decision);
    } finally {
      long _ = sample.stop(decide);
    }
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
