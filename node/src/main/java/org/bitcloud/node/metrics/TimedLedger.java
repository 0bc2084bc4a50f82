package org.bitcloud.node.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.Optional;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.consensus.ledger.Decision;
import org.bitcloud.consensus.ledger.ExecutionRequest;
import org.bitcloud.consensus.ledger.ExecutionResult;
import org.bitcloud.consensus.ledger.ForwardingLedger;
import org.bitcloud.consensus.ledger.LedgerPort;
import org.bitcloud.consensus.ledger.PayloadRequest;

/// A ledger whose work on blocks is timed.
final class TimedLedger extends ForwardingLedger {
  private final Timer build;
  private final Timer execute;
  private final Timer decide;

  TimedLedger(LedgerPort ledger, MeterRegistry registry) {
    super(ledger);
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
      return super.build(request);
    } finally {
      long _ = sample.stop(build);
    }
  }

  @Override
  public Verdict check(Block block, Instant now) {
    Timer.Sample sample = Timer.start();
    try {
      return super.check(block, now);
    } finally {
      long _ = sample.stop(execute);
    }
  }

  @Override
  public ExecutionResult execute(ExecutionRequest request) {
    Timer.Sample sample = Timer.start();
    try {
      return super.execute(request);
    } finally {
      long _ = sample.stop(execute);
    }
  }

  @Override
  public void decide(Decision decision) {
    Timer.Sample sample = Timer.start();
    try {
      super.decide(decision);
    } finally {
      long _ = sample.stop(decide);
    }
  }
}
