package org.bitcloud.consensus.branch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.Chain;
import org.bitcloud.chain.ChainVerifier;
import org.bitcloud.chain.VerifyProgress;
import org.bitcloud.chain.VerifyReport;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.consensus.ChainNode;
import org.bitcloud.consensus.Fixtures;
import org.bitcloud.consensus.Input;
import org.bitcloud.consensus.Peer;
import org.bitcloud.consensus.pow.Mills;
import org.bitcloud.primitives.Height;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.MemoryStore;
import org.bitcloud.store.RocksDbStore;
import org.bitcloud.store.StoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two chains of one genesis, grown apart for a hundred blocks of transfers and then joined.
final class JoinedChainsTest {
  private static final int COMMON = 5;
  private static final int APART = 100;
  private static final Map<String, String> POW =
      Map.of("blockMillis", "1000", "difficulty", "100", "driftMillis", "7200000");

  @TempDir Path directory;

  private ChainNode open(KeyValueStore store, Genesis genesis, Instant now, long hashRate) {
    ChainNode node = new ChainNode(store, genesis, now);
    node.node.mill = Mills.of(hashRate);
    node.node.start();
    return node;
  }

  private static KeyValueStore memory() {
    return MemoryStore.open(Chain.columns());
  }

  private KeyValueStore disk() {
    return RocksDbStore.open(directory, Chain.columns(), StoreOptions.DEFAULT);
  }

  private static void grow(ChainNode node, long height, int firstUser) {
    while (node.height().value() < height) {
      long before = node.height().value();
      node.transfer(firstUser);
      while (node.height().value() == before) {
        node.node.run(Duration.ofMillis(100));
      }
    }
  }

  private static void give(ChainNode to, List<Block> blocks) {
    for (Block block : blocks) {
      to.node.input(new Input.BlockArrived(block, Optional.of(new Peer("rival"))));
    }
    to.node.run(Duration.ZERO); // too short for a block of its own
  }

  /// Ours and theirs share [#COMMON] blocks; theirs is longer.
  private void join(Genesis genesis, KeyValueStore store) throws Exception {
    try (store;
        KeyValueStore theirStore = memory();
        ChainNode ours = open(store, genesis, Fixtures.NOON, 100);
        ChainNode theirs = open(theirStore, genesis, Fixtures.NOON, 130)) {
      grow(ours, COMMON, 0);
      for (Block block : ours.line()) {
        theirs.node.input(new Input.BlockArrived(block, Optional.empty()));
        theirs.node.run(Duration.ZERO);
      }
      assertEquals(ours.chain.head(), theirs.chain.head());
      grow(ours, COMMON + APART, 1);
      grow(theirs, COMMON + APART + 30, 3);
      List<Block> abandoned = ours.line().subList(COMMON, COMMON + APART);
      assertNotEquals(abandoned.getFirst(), theirs.line().get(COMMON));
      BlockHeader best = theirs.chain.head();

      give(ours, theirs.line());
      assertEquals(best, ours.chain.head());
      give(theirs, abandoned);
      assertEquals(best, theirs.chain.head());
      checkAgainstReplay(ours, theirs.line());
      for (Block block : abandoned) {
        assertNotEquals(Optional.of(block.hash()), ours.chain.hashAt(block.height()));
      }
      assertTrue(ours.node.penalties.isEmpty(), ours.node.penalties.toString());
    }
  }

  private void checkAgainstReplay(ChainNode joined, List<Block> line) throws Exception {
    try (KeyValueStore store = memory();
        ChainNode fresh = open(store, joined.chain.genesis(), Fixtures.NOON, 1)) {
      give(fresh, line);
      assertEquals(joined.chain.head(), fresh.chain.head());
      assertEquals(joined.chain.heads(), fresh.chain.heads());
    }
    VerifyReport report =
        ChainVerifier.verify(joined.chain, joined.headerRules, Runnable::run, VerifyProgress.NONE);
    assertEquals(joined.chain.head().roots().state(), report.stateRoot());
    assertTrue(report.totals().balanced());
    assertTrue(report.transactions() >= line.size() / 2);
  }

  @Test
  void powJoinsTheHeavierInMemory() throws Exception {
    join(ChainNode.genesis("pow", POW), memory());
  }

  @Test
  void powJoinsTheHeavierOnDisk() throws Exception {
    join(ChainNode.genesis("pow", POW), disk());
  }

  @Test
  void poaJoinsTheHeavierWithinItsBoundInMemory() throws Exception {
    join(poa(APART), memory());
  }

  @Test
  void poaJoinsTheHeavierWithinItsBoundOnDisk() throws Exception {
    join(poa(APART), disk());
  }

  private static Genesis poa(int reorgMax) {
    return ChainNode.genesis(
        "poa", Map.of("reorgMax", Integer.toString(reorgMax), "driftMillis", "7200000"));
  }

  @Test
  void poaRefusesTheHeavierBeyondItsBound() throws Exception {
    Genesis genesis = poa(APART - 1);
    try (KeyValueStore ourStore = memory();
        KeyValueStore theirStore = memory();
        ChainNode ours = open(ourStore, genesis, Fixtures.NOON, 1);
        ChainNode theirs = open(theirStore, genesis, Fixtures.NOON, 1)) {
      grow(ours, APART, 1);
      grow(theirs, APART + 30, 6);
      BlockHeader before = ours.chain.head();
      assertEquals(Height.of(1), ours.chain.finalized().height());
      give(ours, theirs.line());
      assertEquals(before, ours.chain.head());
      assertEquals(Height.of(1), ours.chain.finalized().height());
    }
  }

  @Test
  void tagsFollowTheDepthThatTheEngineDeclares() throws Exception {
    try (KeyValueStore store = memory();
        ChainNode node = open(store, ChainNode.genesis("pow", POW), Fixtures.NOON, 100)) {
      grow(node, 4, 0);
      assertEquals(Height.GENESIS, node.chain.safe().height());
      grow(node, 20, 0);
      long head = node.height().value();
      assertEquals(Height.of(head - 6), node.chain.safe().height());
      assertEquals(Height.of(head - 12), node.chain.finalized().height());
    }
  }

  @Test
  void aNodeThatWasStoppedJoinsABranchFromBefore() throws Exception {
    Genesis genesis = poa(APART);
    try (KeyValueStore ourStore = memory();
        KeyValueStore theirStore = memory();
        ChainNode theirs = open(theirStore, genesis, Fixtures.NOON, 1)) {
      grow(theirs, 30, 6);
      List<Block> line = theirs.line();
      Instant stopped;
      try (ChainNode ours = open(ourStore, genesis, Fixtures.NOON, 1)) {
        grow(ours, 20, 1);
        give(ours, line.subList(0, 10)); // side blocks, lost with the process
        stopped = ours.node.now();
      }
      try (ChainNode again = open(ourStore, genesis, stopped, 1)) {
        assertEquals(Height.of(20), again.height());
        give(again, line);
        assertEquals(theirs.chain.head(), again.chain.head());
        checkAgainstReplay(again, line);
      }
    }
  }
}
