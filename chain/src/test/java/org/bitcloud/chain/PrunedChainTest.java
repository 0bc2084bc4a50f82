package org.bitcloud.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.state.StateOptions;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.MemoryStore;
import org.junit.jupiter.api.Test;

/// A chain that keeps three blocks and their states.
class PrunedChainTest {
  private static final int KEPT = 3;
  private static final ChainOptions PRUNED =
      new ChainOptions(1, 16, false, StateOptions.DEFAULT.cacheBytes(), Long.MAX_VALUE)
          .withPrune(KEPT);

  private final MemoryStore store = MemoryStore.open(Chain.columns());
  private Chain chain = open(PRUNED);

  private Chain open(ChainOptions options) {
    return Chain.open(
        store,
        TestNetwork.genesis(TestNetwork.START_MILLIS),
        TestNetwork.rules(),
        HeaderRules.NONE,
        Runnable::run,
        options);
  }

  private Block append(int nonce) {
    return append(chain.head(), nonce, 1_000);
  }

  private Block append(BlockHeader parent, int nonce, long afterMillis) {
    Block block =
        TestNetwork.build(
            chain, parent, afterMillis, TestNetwork.note(0, nonce, "n" + nonce, Amount.ZERO));
    TestNetwork.accept(chain.execute(block, TestNetwork.now(block)));
    return block;
  }

  private void decide(Block tip) {
    Hash genesis = chain.hashAt(Height.GENESIS).orElseThrow();
    chain.decide(Commit.switchTo(tip.hash(), genesis, genesis));
  }

  private void grow(int from, int to) {
    for (int nonce = from; nonce < to; nonce++) {
      decide(append(nonce));
    }
  }

  private List<LogEntry> logs(long from, long to) throws LogRangeException {
    return chain.logs(new LogFilter(new Height(from), new Height(to), List.of(), List.of()));
  }

  @Test
  void keepsTheLastBlocksAndAllHeaders() throws Exception {
    Block first = append(0);
    decide(first);
    grow(1, 10);
    assertEquals(new Height(8), chain.oldestBlock());
    for (long height = 1; height <= 10; height++) {
      Hash hash = chain.hashAt(new Height(height)).orElseThrow();
      assertTrue(chain.header(hash).isPresent());
      assertEquals(height >= 8, chain.block(hash).isPresent(), "block " + height);
      assertEquals(height >= 8, chain.receipts(hash).isPresent(), "receipts " + height);
    }
    assertTrue(chain.blockAt(Height.GENESIS).isPresent());
    chain.stateAt(new Height(7)).close();
    HistoryException gone =
        assertThrows(HistoryException.class, () -> chain.stateAt(new Height(6)).close());
    assertEquals(new Height(7), gone.oldest());
    // Where a transaction was is still known, so that asking for it can be answered truly.
    Hash transaction = first.body().transactions().getFirst().hash();
    assertEquals(
        Optional.of(new Height(1)),
        chain.transaction(transaction).map(TransactionLocation::height));
  }

  @Test
  void logsBelowWhatIsKeptAreAnErrorThatNamesTheHeights() throws Exception {
    grow(0, 10);
    assertEquals(3, logs(8, 10).size());
    assertEquals(0, logs(0, 0).size());
    LogRangeException refused = assertThrows(LogRangeException.class, () -> logs(7, 10));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("from height 8 on"), refused.getMessage());
    assertThrows(LogRangeException.class, () -> logs(0, 10));
  }

  @Test
  void branchesWithinWhatIsKeptAreTakenAndDeeperOnesRefused() {
    grow(0, 10);
    BlockHeader fork = chain.headerAt(new Height(7)).orElseThrow();
    Block other = append(fork, 7, 500);
    decide(other);
    assertEquals(other.hash(), chain.heads().headRef().hash());
    grow(8, 14);
    assertEquals(new Height(12), chain.oldestBlock());
    Block deep =
        TestNetwork.build(chain, chain.headerAt(new Height(11)).orElseThrow(), 400, note(11));
    TestNetwork.accept(chain.execute(deep, TestNetwork.now(deep)));
    grow(14, 15);
    Hash head = chain.heads().headRef().hash();
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> decide(deep));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("more than this node keeps"),
        refused.getMessage());
    grow(15, 16);
    assertEquals(head, chain.head().parent());
  }

  private static SignedTransaction note(int nonce) {
    return TestNetwork.note(0, nonce, "other", Amount.ZERO);
  }

  @Test
  void longChainIsPrunedInPartsAndVerifiesAtEachTime() throws Exception {
    chain.close();
    chain = open(ChainOptions.UNBOUNDED);
    grow(0, 200);
    assertEquals(new Height(1), chain.oldestBlock());
    chain.close();
    chain = open(PRUNED);
    Height before = chain.oldestBlock();
    for (int nonce = 200; nonce < 215; nonce++) {
      grow(nonce, nonce + 1);
      Height now = chain.oldestBlock();
      assertTrue(now.minus(before) <= 64, "no commit drops more than 64 blocks");
      before = now;
      VerifyReport report =
          ChainVerifier.verify(chain, HeaderRules.NONE, Runnable::run, (_, _) -> {});
      assertEquals(chain.head().height(), report.head());
    }
    assertEquals(new Height(213), before);
    chain.close();
    chain = open(ChainOptions.DEFAULT);
    assertEquals(before, chain.oldestBlock(), "what is gone is not said to be there");
    grow(215, 220);
    assertEquals(5, logs(216, 220).size());
  }

  @Test
  void optionsKeepNoLessThanBoundedDecisionsMayUndo() {
    assertEquals(1_024, ChainOptions.DEFAULT.withPrune(5).blocksKept());
    assertEquals(5_000, ChainOptions.DEFAULT.withPrune(5_000).undoDepth());
    assertEquals(2_000, ChainOptions.UNBOUNDED.withPrune(2_000).undoDepth());
    assertEquals(Long.MAX_VALUE, ChainOptions.DEFAULT.withArchive().undoDepth());
  }
}
