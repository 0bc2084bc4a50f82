package org.bitcloud.consensus.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.AttestationSource;
import org.bitcloud.chain.BuildRequest;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.ChainOptions;
import org.bitcloud.chain.Commit;
import org.bitcloud.chain.Heads;
import org.bitcloud.chain.TransactionSource;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockBody;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.pool.Mempool;
import org.bitcloud.chain.pool.MempoolVerdict;
import org.bitcloud.consensus.Finality;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.TransactionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ledger behind [LedgerPort]: a chain and its pools.
public final class ChainLedger implements LedgerPort {
  private static final Logger LOG = LoggerFactory.getLogger(ChainLedger.class);
  private static final BigInteger PRIORITY_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private final Chain chain;
  private final Mempool pool;
  private final AttestationSource attestations;
  private final InstantSource clock;

  /// Serves `chain` with transactions from `pool` and no attestations; both stay the caller's to
  /// close.
  ///
  /// @param clock by which deadlines are kept
  public ChainLedger(Chain chain, Mempool pool, InstantSource clock) {
    this(chain, pool, AttestationSource.EMPTY, clock);
  }

  /// Serves `chain` with transactions from `pool` and with attestations, which blocks carry where
  /// rules for them are active. All stay the caller's to close.
  ///
  /// @param clock by which deadlines are kept
  public ChainLedger(
      Chain chain, Mempool pool, AttestationSource attestations, InstantSource clock) {
    this.chain = chain;
    this.pool = pool;
    this.attestations = attestations;
    this.clock = clock;
  }

  /// How a chain must be opened for an engine of this finality.
  public static ChainOptions options(Finality finality) {
    return switch (finality) {
      case Finality.Instant _ -> ChainOptions.DEFAULT;
      case Finality.Probabilistic(int _, int depth) ->
          depth == Integer.MAX_VALUE ? ChainOptions.UNBOUNDED : ChainOptions.bounded(depth);
    };
  }

  @Override
  public LedgerInfo info() {
    Heads heads = chain.heads();
    return new LedgerInfo(chain.genesisHash(), heads.head(), heads.finalized());
  }

  @Override
  public Optional<Bytes> sideData(Bytes key) {
    return chain.sideData(key);
  }

  @Override
  public GenesisResult initGenesis(Bytes genesis) {
    Hash hash = Keccak.hash(genesis);
    if (!hash.equals(chain.genesisHash())) {
      throw new IllegalArgumentException(
          "the engine's genesis is " + hash + ", this ledger's " + chain.genesisHash());
    }
    BlockHeader first = chain.headerAt(Height.GENESIS).orElseThrow();
    return new GenesisResult(
        ValidatorSet.ofGenesis(chain.genesis().validators()), first.roots().state());
  }

  @Override
  public TransactionVerdict checkTransaction(Bytes transaction, boolean recheck) {
    SignedTransaction signed;
    try {
      signed = SignedTransaction.decode(transaction);
    } catch (TransactionException e) {
      return new TransactionVerdict(e.rule().name(), String.valueOf(e.getMessage()), 0);
    }
    if (recheck && pool.known(signed.hash()).isPresent()) {
      return accepted(signed);
    }
    return switch (pool.submit(signed)) {
      case MempoolVerdict.Added _ -> accepted(signed);
      case MempoolVerdict.Refused refused ->
          new TransactionVerdict(refused.rule().name(), refused.message(), 0);
    };
  }

  private static TransactionVerdict accepted(SignedTransaction signed) {
    BigInteger tip = signed.transaction().maxPriorityFeePerGas().drops();
    return new TransactionVerdict("", "", tip.min(PRIORITY_MAX).longValueExact());
  }

  @Override
  public PendingTransactions pending() {
    int count = pool.size();
    boolean executable = count > 0 && pool.hasExecutable(chain.head().nextBaseFee());
    return new PendingTransactions(executable, count);
  }

  @Override
  public Optional<UnsealedBlock> build(PayloadRequest request) {
    BlockHeader parent = chain.header(request.parent()).orElse(null);
    long timeMillis = request.time().toEpochMilli();
    if (parent == null || timeMillis <= parent.timeMillis()) {
      return Optional.empty();
    }
    TransactionSource source =
        request
            .candidates()
            .<TransactionSource>map(GivenTransactions::new)
            .orElseGet(() -> pool.source(parent.nextBaseFee()));
    BuildRequest build =
        new BuildRequest(
            request.parent(),
            timeMillis,
            request.proposer(),
            request.sealData(),
            parent.nextValidators(),
            request.nextValidators().orElse(parent.nextValidators()),
            Math.min(request.limits().bytesMax(), BlockBody.BODY_BYTES_MAX),
            Math.min(request.limits().gasMax(), parent.gasLimit()));
    return Optional.of(
        chain.build(build, until(request.limits().deadline(), source), attestations));
  }

  private TransactionSource until(Instant deadline, TransactionSource source) {
    return new TransactionSource() {
      @Override
      public Optional<SignedTransaction> next() {
        return clock.instant().isBefore(deadline) ? source.next() : Optional.empty();
      }

      @Override
      public void refused(SignedTransaction transaction, String code, String detail) {
        source.refused(transaction, code, detail);
      }
    };
  }

  @Override
  public Verdict check(Block block, Instant now) {
    return chain.execute(block, now);
  }

  @Override
  public ExecutionResult execute(ExecutionRequest request) {
    BlockHeader parent =
        chain
            .header(request.parent())
            .orElseThrow(() -> new IllegalArgumentException("unknown parent " + request.parent()));
    if (!request.misbehaviour().isEmpty()) {
      LOG.warn("the engine proved misbehaviour: {}", request.misbehaviour());
    }
    GivenTransactions given = new GivenTransactions(request.transactions());
    UnsealedBlock block =
        chain.build(
            BuildRequest.on(
                parent, request.time().toEpochMilli(), request.proposer(), request.sealData()),
            given);
    return new ExecutionResult(block, given.verdicts(), List.of());
  }

  @Override
  public void decide(Decision decision) {
    Heads heads = chain.heads();
    boolean done =
        heads.headRef().equals(decision.tip())
            && decision.sideData().isEmpty()
            && decision instanceof Decision.Finalize
            && heads.finalized().equals(decision.tip());
    if (done) {
      return; // a decision told twice, for example by sync and by the engine
    }
    chain.decide(commit(decision).withSideData(decision.sideData()));
  }

  private static Commit commit(Decision decision) {
    Hash tip = decision.tip().hash();
    return switch (decision) {
      // The seal is stored with the block already.
      case Decision.Finalize(var _, FinalityProof.OwnSeal _, var _) -> Commit.finalize(tip);
      case Decision.Finalize finalize ->
          Commit.finalize(tip).withCertificate(finalize.proof().encode());
      case Decision.SwitchHead head -> Commit.switchTo(tip, head.safe(), head.finalized());
    };
  }

  /// None: this ledger offers no snapshots.
  @Override
  public List<Snapshot> snapshots() {
    return List.of();
  }

  @Override
  public Optional<Bytes> snapshotChunk(Snapshot snapshot, int index) {
    return Optional.empty();
  }

  /// Refuses: this ledger starts from the first block.
  @Override
  public SnapshotVerdict offer(Snapshot snapshot) {
    return SnapshotVerdict.REJECT_SNAPSHOT;
  }

  @Override
  public SnapshotVerdict applyChunk(Snapshot snapshot, int index, Bytes chunk) {
    return SnapshotVerdict.REJECT_SNAPSHOT;
  }
}
