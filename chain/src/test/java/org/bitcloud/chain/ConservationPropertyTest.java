package org.bitcloud.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.testkit.Choices;
import org.bitcloud.testkit.Property;
import org.junit.jupiter.api.Test;

/// Whatever blocks come and whatever branches win: no coin appears or vanishes, and another node
/// that only ever sees the winners ends in the same state.
class ConservationPropertyTest {
  private static final int STEPS = 8;

  @Test
  void keepsEveryCoinThroughRandomBlocksAndBranches() {
    Property.named("conservation").runs(25).check(ConservationPropertyTest::run);
  }

  private static void run(Choices choices) throws Exception {
    TestNetwork network = TestNetwork.open();
    Block base = network.append();
    List<BlockHeader> parents = new ArrayList<>(List.of(base.header()));
    for (int step = 0; step < STEPS; step++) {
      BlockHeader parent = choices.pick(parents);
      Block block = grow(network, parent, choices);
      parents.add(block.header());
      if (choices.flip()) {
        network.chain.decide(Commit.switchTo(block.hash(), base.hash(), base.hash()));
        choices.note("head " + network.chain.head().height());
        assertTrue(network.audit().balanced());
      }
    }
    VerifyReport report =
        ChainVerifier.verify(network.chain, HeaderRules.NONE, Runnable::run, VerifyProgress.NONE);
    assertEquals(network.stateRoot(), report.stateRoot());
  }

  private static Block grow(TestNetwork network, BlockHeader parent, Choices choices) {
    List<SignedTransaction> offered = new ArrayList<>();
    for (int i = choices.below(4); i > 0; i--) {
      int from = choices.below(3);
      long nonce = choices.below(3);
      offered.add(
          choices.flip()
              ? TestNetwork.transfer(from, nonce, choices.below(12))
              : TestNetwork.note(
                  from, nonce, choices.pick(List.of("", "a", "b")), Amount.of(choices.below(100))));
    }
    UnsealedBlock built =
        network.chain.build(
            BuildRequest.on(
                parent,
                parent.timeMillis() + 1 + choices.below(1_000),
                TestNetwork.user(choices.below(4)),
                TestNetwork.NO_SEAL_DATA),
            TestNetwork.source(offered));
    Block block = built.seal(Bytes.EMPTY);
    TestNetwork.accept(network.chain.execute(block, TestNetwork.now(block)));
    return block;
  }
}
