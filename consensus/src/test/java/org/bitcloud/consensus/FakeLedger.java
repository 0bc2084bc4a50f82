package org.bitcloud.consensus;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bitcloud.chain.Ancestry;
import org.bitcloud.chain.BlockRule;
import org.bitcloud.chain.HeaderRules;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.chain.Verdict;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockBody;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.chain.block.Roots;
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
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.tx.SignedTransaction;

/// A ledger in memory without state: it links headers, asks the engine's rules and keeps a list of
/// transactions that wait. Deterministic.
public final class FakeLedger implements LedgerPort {
  private final HeaderRules rules;
  private final BlockHeader genesis;
  private final Map<Hash, BlockHeader> headers = new HashMap<>();
  private final Map<Hash, Block> checked = new HashMap<>();
  private final List<SignedTransaction> waiting = new ArrayList<>();
  private final List<Block> decided = new ArrayList<>();
  private final Set<Hash> line = new HashSet<>(); // decided, and genesis
  private BlockHeader head;
  private BlockRef finalized;

  /// Whether what a decision calls final is never undone.
  public boolean isAbsolute = true;

  /// Whether the pool promises transactions that no block can hold.
  public boolean barren;

  public FakeLedger(BlockHeader genesis, HeaderRules rules) {
    this.genesis = genesis;
    this.head = genesis;
    this.finalized = genesis.ref();
    this.rules = rules;
    headers.put(genesis.hash(), genesis);
    line.add(genesis.hash());
    checked.put(genesis.hash(), new Block(genesis, Bytes.EMPTY, BlockBody.EMPTY));
  }

  public void submit(SignedTransaction transaction) {
    waiting.add(transaction);
  }

  /// The decided blocks, lowest first.
  public List<Block> decided() {
    return decided;
  }

  public BlockHeader head() {
    return head;
  }

  @Override
  public LedgerInfo info() {
    return new LedgerInfo(genesis.hash(), head, finalized);
  }

  @Override
  public Optional<Bytes> sideData(Bytes key) {
    return Optional.empty();
  }

  @Override
  public GenesisResult initGenesis(Bytes bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TransactionVerdict checkTransaction(Bytes transaction, boolean recheck) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PendingTransactions pending() {
    return new PendingTransactions(barren || !waiting.isEmpty(), waiting.size());
  }

  @Override
  public Optional<UnsealedBlock> build(PayloadRequest request) {
    BlockHeader parent = headers.get(request.parent());
    if (parent == null || request.time().toEpochMilli() <= parent.timeMillis()) {
      return Optional.empty();
    }
    BlockBody body = BlockBody.of(List.copyOf(waiting));
    BlockHeader header =
        new BlockHeader(
            request.parent(),
            parent.height().next(),
            request.time().toEpochMilli(),
            request.proposer(),
            request.sealData(),
            new Roots(Hash.ZERO, body.transactionsRoot(), Hash.ZERO, Hash.ZERO),
            parent.logsBloom(),
            parent.gasLimit(),
            0,
            parent.baseFee(),
            Hash.ZERO,
            parent.nextValidators(),
            request.nextValidators().orElse(parent.nextValidators()));
    return Optional.of(new UnsealedBlock(header, body));
  }

  @Override
  public Verdict check(Block block, Instant now) {
    BlockHeader parent = headers.get(block.header().parent());
    if (parent == null) {
      return Verdict.missing(block.header().parent());
    }
    if (!block.header().height().equals(parent.height().next())) {
      return Verdict.rejected(BlockRule.HEIGHT, "height");
    }
    Verdict verdict = rules.check(block.header(), block.sealProof(), new Below(parent), now);
    if (verdict.isAccepted()) {
      headers.put(block.hash(), block.header());
      checked.put(block.hash(), block);
    }
    return verdict;
  }

  private final class Below implements Ancestry {
    private final BlockHeader parent;

    Below(BlockHeader parent) {
      this.parent = parent;
    }

    @Override
    public BlockHeader parent() {
      return parent;
    }

    @Override
    public Optional<BlockHeader> header(Hash hash) {
      return Optional.ofNullable(headers.get(hash));
    }
  }

  @Override
  public void decide(Decision decision) {
    Deque<Block> path = new ArrayDeque<>();
    Hash at = decision.tip().hash();
    while (!isOnLine(at)) {
      Block block = checked.get(at);
      if (block == null) {
        throw new IllegalArgumentException("not a checked block: " + at);
      }
      path.push(block);
      at = block.header().parent();
    }
    if (path.isEmpty()) {
      throw new IllegalArgumentException("nothing to decide: " + decision.tip());
    }
    Height fork = Objects.requireNonNull(headers.get(at)).height();
    if (fork.isBefore(finalized.height())) {
      throw new IllegalArgumentException("the decision would undo " + finalized);
    }
    while (!decided.isEmpty() && fork.isBefore(decided.getLast().height())) {
      Block undone = decided.removeLast();
      line.remove(undone.hash());
      waiting.addAll(undone.body().transactions());
    }
    decided.addAll(path);
    path.forEach(block -> line.add(block.hash()));
    head = Objects.requireNonNull(headers.get(decision.tip().hash()));
    if (decision instanceof Decision.SwitchHead switched && isAbsolute) {
      finalized = Objects.requireNonNull(headers.get(switched.finalized())).ref();
    } else if (decision instanceof Decision.Finalize) {
      finalized = head.ref();
    }
    Set<Hash> gone = new HashSet<>();
    for (Block block : path) {
      block.body().transactions().forEach(transaction -> gone.add(transaction.hash()));
    }
    waiting.removeIf(transaction -> gone.contains(transaction.hash()));
  }

  private boolean isOnLine(Hash block) {
    return line.contains(block);
  }

  /// A checked block.
  public Optional<Block> block(Hash hash) {
    return Optional.ofNullable(checked.get(hash));
  }

  @Override
  public ExecutionResult execute(ExecutionRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Snapshot> snapshots() {
    return List.of();
  }

  @Override
  public Optional<Bytes> snapshotChunk(Snapshot snapshot, int index) {
    return Optional.empty();
  }

  @Override
  public SnapshotVerdict offer(Snapshot snapshot) {
    return SnapshotVerdict.REJECT_SNAPSHOT;
  }

  @Override
  public SnapshotVerdict applyChunk(Snapshot snapshot, int index, Bytes chunk) {
    return SnapshotVerdict.REJECT_SNAPSHOT;
  }
}
