package org.bitcloud.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.primitives.Height;
import org.junit.jupiter.api.Test;

/// How many undecided blocks a node keeps, and which it lets go.
class BlockTreeTest {
  private static final int BLOCKS_MAX = 256;

  private final TestNetwork network = TestNetwork.open();

  private Block grow(BlockHeader parent, long afterMillis) {
    Block block = TestNetwork.build(network.chain, parent, afterMillis);
    TestNetwork.accept(network.chain.execute(block, TestNetwork.now(block)));
    return block;
  }

  @Test
  void letsTheLowestBranchEndsGoAndKeepsTheBranchThatGrows() {
    BlockHeader genesis = network.chain.head();
    List<Block> line = new ArrayList<>();
    BlockHeader tip = genesis;
    for (int i = 0; i < 10; i++) {
      line.add(grow(tip, 1));
      tip = line.getLast().header();
    }
    List<Block> rivals = new ArrayList<>();
    for (int i = 0; i < BLOCKS_MAX; i++) {
      rivals.add(grow(genesis, 2 + i));
    }
    long kept =
        rivals.stream().filter(block -> network.chain.block(block.hash()).isPresent()).count();
    assertEquals(BLOCKS_MAX - line.size(), kept);
    assertTrue(line.stream().allMatch(block -> network.chain.block(block.hash()).isPresent()));

    network.chain.decide(Commit.finalize(line.getLast().hash()));
    assertEquals(new Height(10), network.chain.head().height());
    assertTrue(rivals.stream().noneMatch(block -> network.chain.block(block.hash()).isPresent()));
  }
}
