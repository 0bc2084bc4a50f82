package org.bitcloud.chain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.chain.state.StateOptions;
import org.bitcloud.chain.state.StateOverlay;
import org.bitcloud.chain.state.StateStore;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.chain.state.Workers;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.Durability;
import org.bitcloud.store.KeyRange;
import org.bitcloud.store.MemoryStore;
import org.bitcloud.store.WriteBatch;

/// Replays a committed line from genesis, or from the oldest state that is kept, into memory and
/// compares everything with what is stored: every seal, root and receipt, the transaction index,
/// the coins after every block, and at the end the state entry by entry.
///
/// Needs memory for one state, not for the blocks. The chain may go on meanwhile; what is verified
/// ends at the head of the beginning, and the final state is compared only if the head has stayed.
public final class ChainVerifier {
  private static final int ENTRIES_A_PART = 20_000;

  private final ChainView source;
  private final BlockValidator validator;
  private final MemoryStore memory = MemoryStore.open(StateStore.columns());
  private final StateStore state = StateStore.open(memory, StateOptions.DEFAULT.withUndoDepth(1));
  private long transactions;

  private ChainVerifier(ChainView source, HeaderRules headerRules, Executor pool) {
    this.source = source;
    this.validator =
        new BlockValidator(
            source.genesis(),
            source.rules(),
            headerRules,
            new SenderRecovery(new Workers(pool, Runtime.getRuntime().availableProcessors())));
  }

  /// Verifies a chain up to its head.
  ///
  /// @param source the chain, whose rules execute the blocks again
  /// @param headerRules the engine's part; each block is judged as of its own time
  /// @param pool helps to recover senders
  /// @param progress hears of every block
  /// @throws VerifyException at the first thing that is wrong
  public static VerifyReport verify(
      ChainView source, HeaderRules headerRules, Executor pool, VerifyProgress progress)
      throws VerifyException {
    ChainVerifier verifier = new ChainVerifier(source, headerRules, pool);
    try (MemoryStore _ = verifier.memory) {
      return verifier.run(progress);
    }
  }

  private VerifyReport run(VerifyProgress progress) throws VerifyException {
    Heads heads = source.heads();
    Height end = heads.headRef().height();
    BlockHeader parent = begin(end);
    Height first = parent.height();
    Hash parentHash = parent.hash();
    var _ = checkBalance();
    progress.verified(first, end);
    for (Height at = first.next(); at.compareTo(end) <= 0; at = at.next()) {
      Block block = block(at, parentHash);
      verify(block, parent);
      parent = block.header();
      parentHash = block.hash();
      progress.verified(at, end);
    }
    require(parentHash.equals(heads.headRef().hash()), end, "not the block that the head names");
    StateAudit.Totals totals = checkBalance();
    compareStates(end);
    return new VerifyReport(first, end, transactions, state.root(), totals);
  }

  /// Makes the state to replay from: that of genesis, or, where a chain began with a snapshot or
  /// has dropped its first blocks, the oldest one that it keeps.
  ///
  /// @return the header of the block that it is the state after
  private BlockHeader begin(Height end) throws VerifyException {
    ExecutedBlock genesis = GenesisBlock.make(source.genesis(), source.rules(), state.head());
    require(
        source.hashAt(Height.GENESIS).filter(genesis.hash()::equals).isPresent(),
        Height.GENESIS,
        "not the block that this genesis makes");
    if (end.equals(Height.GENESIS) || source.blockAt(new Height(1)).isPresent()) {
      commit(genesis.state(), Height.GENESIS);
      return genesis.block().header();
    }
    try (StateView oldest = oldestState()) {
      load(oldest);
      Height at = oldest.height();
      BlockHeader header =
          source.headerAt(at).orElseThrow(() -> new VerifyException(at, "header is not stored"));
      require(state.root().equals(header.roots().state()), at, "the stored state has another root");
      return header;
    }
  }

  private StateView oldestState() throws VerifyException {
    try {
      return source.stateAt(Height.GENESIS);
    } catch (HistoryException gone) {
      try {
        return source.stateAt(gone.oldest());
      } catch (HistoryException e) { // dropped this very moment
        throw new VerifyException(gone.oldest(), "its state was dropped meanwhile; verify again");
      }
    }
  }

  private void load(StateView from) {
    try (Cursor cursor = from.scan(KeyRange.ALL)) {
      boolean more = cursor.next();
      while (more) {
        StateOverlay part = state.head().child();
        for (int i = 0; i < ENTRIES_A_PART && more; i++) {
          part.put(cursor.key(), cursor.value());
          more = cursor.next();
        }
        WriteBatch batch = new WriteBatch();
        state.load(part, from.height(), batch);
        memory.write(batch, Durability.ASYNC);
      }
    }
  }

  private Block block(Height at, Hash parent) throws VerifyException {
    Hash hash =
        source.hashAt(at).orElseThrow(() -> new VerifyException(at, "not in the height index"));
    Block block =
        source.block(hash).orElseThrow(() -> new VerifyException(at, "block is not stored"));
    require(block.hash().equals(hash), at, "stored under a hash that is not its own");
    require(block.header().parent().equals(parent), at, "does not follow the block below it");
    return block;
  }

  private void verify(Block block, BlockHeader parent) throws VerifyException {
    Height at = block.height();
    Ancestry ancestry =
        new Ancestry() {
          @Override
          public BlockHeader parent() {
            return parent;
          }

          @Override
          public Optional<BlockHeader> header(Hash hash) {
            return source.header(hash);
          }
        };
    Instant now = Instant.ofEpochMilli(block.header().timeMillis());
    accept(at, validator.check(block, ancestry, now));
    StateOverlay before = state.head();
    BlockValidator.Execution execution = validator.execute(block, parent, before);
    accept(at, execution.verdict());
    BlockExecutor.Result result = execution.result().orElseThrow();
    require(
        StateAudit.conserves(before::get, result.journal().changes()),
        at,
        "coins appeared or vanished");
    compareReceipts(block, result.receipts());
    commit(result.state(), at);
    transactions += block.body().transactions().size();
  }

  private void compareReceipts(Block block, List<Receipt> receipts) throws VerifyException {
    Height at = block.height();
    Hash hash = block.hash();
    require(
        source.receipts(hash).filter(receipts::equals).isPresent(),
        at,
        "the stored receipts are not those of the execution");
    int index = 0;
    for (SignedTransaction transaction : block.body().transactions()) {
      TransactionLocation place = new TransactionLocation(hash, at, index++);
      require(
          source.transaction(transaction.hash()).filter(place::equals).isPresent(),
          at,
          "the index does not lead to transaction " + transaction.hash());
    }
  }

  private StateAudit.Totals checkBalance() throws VerifyException {
    try (StateView view = state.view()) {
      StateAudit.Totals totals = StateAudit.audit(view);
      require(
          totals.balanced(),
          state.height(),
          "accounts hold %s drops, and the supply is %s"
              .formatted(totals.balances(), totals.supply()));
      return totals;
    }
  }

  private void compareStates(Height end) throws VerifyException {
    try (StateView stored = source.latestState();
        StateView replayed = state.view()) {
      if (!stored.height().equals(end)) {
        return;
      }
      try (Cursor left = stored.scan(KeyRange.ALL);
          Cursor right = replayed.scan(KeyRange.ALL)) {
        boolean more = left.next();
        require(more == right.next(), end, "the stored state is empty");
        while (more) {
          require(
              left.key().equals(right.key()) && left.value().equals(right.value()),
              end,
              "the stored state differs from the replay at key " + right.key().toHex());
          more = left.next();
          require(more == right.next(), end, "the stored state has another size than the replay");
        }
      }
    }
  }

  private void commit(StateOverlay next, Height height) {
    WriteBatch batch = new WriteBatch();
    state.commit(next, height, batch);
    memory.write(batch, Durability.ASYNC);
  }

  private static void accept(Height at, Verdict verdict) throws VerifyException {
    require(verdict.isAccepted(), at, verdict.toString());
  }

  private static void require(boolean holds, Height at, String otherwise) throws VerifyException {
    if (!holds) {
      throw new VerifyException(at, otherwise);
    }
  }
}
