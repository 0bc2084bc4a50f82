package org.bitcloud.chain;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.KnownAttestations;
import org.bitcloud.chain.block.KnownTransactions;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.chain.state.StateOptions;
import org.bitcloud.chain.state.StateProof;
import org.bitcloud.chain.state.StateStore;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.chain.state.UnreachableHeightException;
import org.bitcloud.chain.state.Workers;
import org.bitcloud.contracts.Account;
import org.bitcloud.contracts.BlockContext;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.store.Column;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.StoreException;
import org.jspecify.annotations.Nullable;

/// One network's ledger on one store: a committed line of blocks and, above it, branches of
/// executed blocks that consensus has not decided.
///
/// A block goes [#check], [#execute], [#decide]; a proposer's comes out of [#build] first. Reads
/// may come from any thread at any time. Writes wait for each other; usually one engine makes them
/// all. After a failed write only reads go on: what was being decided may or may not be on disk,
/// and opening the store again finds out.
public final class Chain implements ChainView, AutoCloseable {
  private final KeyValueStore store;
  private final Genesis genesis;
  private final Hash genesisHash;
  private final Rules rules;
  private final StateStore state;
  private final ChainOptions options;
  private final BlockTree tree;
  private final BlockValidator validator;
  private final Branches branches;
  private final BlockWork work;
  private final Committer committer;
  private final Listeners listeners = new Listeners();
  private final ReentrantLock writing = new ReentrantLock();
  private volatile Heads heads;
  private @Nullable RuntimeException failure;
  private boolean closed;

  private Chain(
      KeyValueStore store,
      Genesis genesis,
      Rules rules,
      HeaderRules headerRules,
      Executor pool,
      ChainOptions options) {
    this.store = store;
    this.genesis = genesis;
    this.genesisHash = genesis.genesisHash();
    this.rules = rules;
    Workers workers = new Workers(pool, Runtime.getRuntime().availableProcessors());
    StateOptions kept =
        StateOptions.DEFAULT
            .withUndoDepth(options.undoDepth())
            .withCacheBytes(options.stateBytes());
    this.state = StateStore.open(store, kept, workers);
    this.options = options;
    this.tree = new BlockTree(options.branchBlocksMax());
    SenderRecovery senders = new SenderRecovery(workers);
    this.validator = new BlockValidator(genesis, rules, headerRules, senders);
    this.branches = new Branches(store, state, tree, validator);
    this.work = new BlockWork(branches, tree, validator, new BlockBuilder(genesis, rules));
    this.committer = new Committer(store, state, options);
    this.heads = openHeads();
  }

  /// Opens the chain with [ChainOptions#DEFAULT]: what is finalized is never undone.
  ///
  /// @throws ChainException when the store holds another network, or not what was written
  public static Chain open(
      KeyValueStore store, Genesis genesis, Rules rules, HeaderRules headerRules, Executor pool) {
    return open(store, genesis, rules, headerRules, pool, ChainOptions.DEFAULT);
  }

  /// Opens the chain in a store, which gets the genesis block if it is empty.
  ///
  /// @param store open with [#columns]; stays the caller's to close
  /// @param genesis what the network began with
  /// @param rules made from the same genesis
  /// @param headerRules the consensus engine's part of validation
  /// @param pool helps to recover senders
  /// @param options how far back decisions may reach
  /// @throws ChainException when the store holds another network, or not what was written
  public static Chain open(
      KeyValueStore store,
      Genesis genesis,
      Rules rules,
      HeaderRules headerRules,
      Executor pool,
      ChainOptions options) {
    return new Chain(store, genesis, rules, headerRules, pool, options);
  }

  /// Returns every column that a store must have to hold a chain.
  public static List<Column> columns() {
    return Stream.concat(ChainStore.columns().stream(), StateStore.columns().stream()).toList();
  }

  private Heads openHeads() {
    if (ChainStore.isHalf(store)) {
      throw new ChainException(
          "the import of a snapshot was cut off; run it again, or remove the directory");
    }
    Optional<ChainStore.Pointers> pointers = ChainStore.pointers(store);
    if (pointers.isEmpty()) {
      if (!state.isEmpty()) {
        throw new ChainException("the store holds a state without blocks; use an empty directory");
      }
      return committer.commitGenesis(
          GenesisBlock.make(genesis, rules, state.head()), genesis.encode());
    }
    if (ChainStore.genesis(store).filter(genesis.encode()::equals).isEmpty()) {
      throw new ChainException(
          "the store holds the chain of another genesis than "
              + genesisHash.toHex()
              + "; use the directory of this network, or an empty one");
    }
    return StoredHeads.read(store, state, pointers.get());
  }

  // ---- writing ----

  /// Builds a block on any executed or committed block. Its execution is remembered: executing the
  /// sealed block, even with other seal data, costs nothing then.
  ///
  /// @param request what the proposer wants
  /// @param source offers transactions until it has no more or the block is full
  /// @throws IllegalArgumentException when the parent is unknown or the time not above its
  public UnsealedBlock build(BuildRequest request, TransactionSource source) {
    return build(request, source, AttestationSource.EMPTY);
  }

  /// Builds a block as [#build(BuildRequest, TransactionSource)] does, with attestations before its
  /// transactions where the rules take any at that height.
  public UnsealedBlock build(
      BuildRequest request, TransactionSource transactions, AttestationSource attestations) {
    return writing(() -> work.build(request, transactions, attestations));
  }

  /// Checks everything that needs no execution: sizes, header against parent, the engine's rules,
  /// roots of the lists, signatures. Runs on any thread without waiting for writers.
  ///
  /// @return deferred when the parent is unknown or the engine says that it is too early
  public Verdict check(Block block, Instant now) {
    return work.check(block, now);
  }

  /// Checks what is not checked yet, executes, compares all results with the header, and keeps the
  /// new state under the block's hash.
  ///
  /// @return deferred as in [#check], or when the parent's state is not at hand
  public Verdict execute(Block block, Instant now) {
    return writing(() -> work.execute(block, now));
  }

  /// Carries out a decision: one atomic, durable batch, then the listeners. On return the decision
  /// survives any crash.
  ///
  /// @throws IllegalArgumentException when the tip was not executed, or the decision would undo a
  ///   finalized block and the options do not allow that
  /// @throws StoreException when writing fails; this chain then refuses further writes
  public void decide(Commit commit) {
    writing(
        () -> {
          Branches.Path path =
              branches
                  .path(commit.tip())
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "block " + commit.tip() + " was not executed"));
          Committer.Change change = write(commit, path);
          heads = change.heads();
          tree.prune(
              change.applied(),
              options.finalityIsAbsolute() ? heads.finalized().height() : Height.GENESIS);
          listeners.tell(change);
          return change;
        });
  }

  private Committer.Change write(Commit commit, Branches.Path path) {
    try {
      return committer.commit(commit, heads, path.fork(), path.blocks());
    } catch (StoreException | ChainException e) {
      failure = e;
      throw e;
    }
  }

  /// Lets blocks take over transactions whose senders are known, usually the mempool's.
  public void useKnown(KnownTransactions known) {
    work.useKnown(known);
  }

  /// Lets blocks take over attestations whose signers are known, usually the pool's.
  public void useKnownAttestations(KnownAttestations known) {
    work.useKnownAttestations(known);
  }

  @CanIgnoreReturnValue
  private <T> T writing(Supplier<T> action) {
    writing.lock();
    try {
      if (closed) {
        throw new ChainException("the chain is closed");
      }
      if (failure != null) {
        throw new ChainException("an earlier write failed; restart on this directory", failure);
      }
      return action.get();
    } finally {
      writing.unlock();
    }
  }

  // ---- reading ----

  @Override
  public Genesis genesis() {
    return genesis;
  }

  @Override
  public Hash genesisHash() {
    return genesisHash;
  }

  @Override
  public Rules rules() {
    return rules;
  }

  @Override
  public Heads heads() {
    return heads;
  }

  @Override
  public Optional<BlockHeader> header(Hash block) {
    return branches.header(block);
  }

  @Override
  public Optional<SealedHeader> sealedHeader(Hash block) {
    return branches.sealedHeader(block);
  }

  @Override
  public Optional<Block> block(Hash block) {
    return branches.block(block);
  }

  @Override
  public Optional<Hash> hashAt(Height height) {
    return ChainStore.hashAt(store, height);
  }

  @Override
  public Height oldestBlock() {
    return ChainStore.oldestBlock(store);
  }

  @Override
  public Optional<List<Receipt>> receipts(Hash block) {
    return tree.find(block)
        .map(ExecutedBlock::receipts)
        .or(() -> ChainStore.receipts(store, block));
  }

  @Override
  public Optional<TransactionLocation> transaction(Hash transaction) {
    return ChainStore.transaction(store, transaction);
  }

  @Override
  public StateView latestState() {
    return state.view();
  }

  @Override
  public StateView stateAt(Height height) throws HistoryException {
    try {
      return state.view(height);
    } catch (UnreachableHeightException e) {
      throw new HistoryException(height, e.oldest(), e.newest());
    }
  }

  @Override
  public Account account(Address address) {
    return Account.of(state::storedValue, address); // one entry: a view would only cost
  }

  /* Proofs of older states need the tree as it was, which only the writing side can rebuild. */
  @Override
  public StateProof proof(Bytes key, Height height) throws HistoryException {
    writing.lock();
    try {
      return height.equals(state.height()) ? state.head().prove(key) : state.at(height).prove(key);
    } catch (UnreachableHeightException e) {
      throw new HistoryException(height, e.oldest(), e.newest());
    } finally {
      writing.unlock();
    }
  }

  @Override
  public List<LogEntry> logs(LogFilter filter) throws LogRangeException {
    return LogSearch.find(store, filter);
  }

  @Override
  public BlockContext contextOf(BlockHeader header) {
    if (header.height().equals(Height.GENESIS)) {
      return validator.context(header, header);
    }
    BlockHeader parent =
        header(header.parent())
            .orElseThrow(() -> new IllegalArgumentException("unknown parent " + header.parent()));
    return validator.context(header, parent);
  }

  @Override
  public BlockContext pendingContext(long timeMillis, Address proposer) {
    Heads now = heads;
    return new BlockContext(
        genesis.chainId(),
        genesisHash,
        now.headRef().height().next().value(),
        timeMillis,
        proposer,
        FeeSchedule.nextBaseFee(now.head().gasUsed(), now.head().gasLimit(), now.head().baseFee()),
        now.headRef().hash(),
        now.head().timeMillis());
  }

  @Override
  public Optional<Bytes> sideData(Bytes key) {
    return ChainStore.sideData(store, key);
  }

  @Override
  public Optional<Bytes> certificate(Hash block) {
    return ChainStore.certificate(store, block);
  }

  @Override
  public Subscription subscribe(ChainListener listener) {
    return listeners.add(listener);
  }

  /// Waits for a write in progress and refuses further ones. The store stays open.
  @Override
  public void close() {
    writing.lock();
    try {
      closed = true;
    } finally {
      writing.unlock();
    }
  }
}
