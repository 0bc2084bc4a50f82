package org.bitcloud.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.chain.block.Block;
import org.bitcloud.primitives.Amount;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.MemoryMedium;
import org.bitcloud.store.MemoryStore;
import org.bitcloud.store.StoreException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Stops at every write of a line with a reorganisation, loses what was not synced, opens again.
class CrashTest {
  private static final int WRITES_MAX = 40;

  /* One decision after the other; each names the tip that must be the head once it is durable. */
  private interface Step {
    Block decide(TestNetwork network, List<Block> done);
  }

  private static final List<Step> STEPS =
      List.of(
          (network, done) -> network.append(TestNetwork.transfer(0, 0, 1)),
          (network, done) -> branch(network, done, 0, 1),
          (network, done) -> branch(network, done, 0, 2),
          (network, done) -> branch(network, done, 2, 3),
          (network, done) -> network.append(TestNetwork.note(4, 0, "end", Amount.of(2))));

  private static Block branch(TestNetwork network, List<Block> done, int parent, int user) {
    Block block = network.build(done.get(parent).header(), TestNetwork.transfer(user, 0, 0));
    TestNetwork.accept(network.chain.execute(block, TestNetwork.now(block)));
    network.chain.decide(
        Commit.switchTo(block.hash(), done.getFirst().hash(), done.getFirst().hash()));
    return block;
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void leavesThePreviousOrTheNextBlockWheneverItStops(boolean after) {
    boolean finished = false;
    for (int writes = 0; !finished; writes++) {
      assertTrue(writes < WRITES_MAX, "more writes than steps can explain");
      finished = runUntilFailure(writes, after);
    }
  }

  private static boolean runUntilFailure(int writes, boolean after) {
    MemoryMedium medium = new MemoryMedium();
    KeyValueStore real = MemoryStore.open(medium, Chain.columns());
    List<Block> done = new ArrayList<>();
    boolean finished = false;
    try {
      TestNetwork network = TestNetwork.open(new FailingStore(real, writes, after));
      for (Step step : STEPS) {
        done.add(step.decide(network, done));
      }
      finished = true;
    } catch (StoreException e) {
      // the power went, as planned
    }
    real.close();
    medium.crash();
    try (KeyValueStore again = MemoryStore.open(medium, Chain.columns())) {
      check(TestNetwork.open(again), done, after && !finished);
    }
    return finished;
  }

  private static void check(TestNetwork network, List<Block> done, boolean oneMore) {
    Chain chain = network.chain;
    if (!oneMore) {
      assertEquals(
          done.isEmpty() ? 0 : done.getLast().height().value(), chain.head().height().value());
      done.stream().reduce((a, b) -> b).ifPresent(tip -> assertEquals(tip.header(), chain.head()));
    }
    assertTrue(network.audit().balanced());
    try {
      var _ = ChainVerifier.verify(chain, HeaderRules.NONE, Runnable::run, VerifyProgress.NONE);
    } catch (VerifyException e) {
      throw new AssertionError("the stored line is not whole", e);
    }
    Block next = network.append(TestNetwork.note(8, 0, "goes on", Amount.ZERO));
    assertEquals(next.header(), chain.head());
  }

  @ParameterizedTest
  @CsvSource({"1,false", "1,true"})
  void refusesToWriteAfterAFailedWrite(int writes, boolean after) {
    KeyValueStore real = MemoryStore.open(Chain.columns());
    TestNetwork network = TestNetwork.open(new FailingStore(real, writes, after));
    assertThrows(StoreException.class, () -> network.append(TestNetwork.transfer(0, 0, 1)));
    ChainException refused = assertThrows(ChainException.class, network::append);
    assertTrue(String.valueOf(refused.getMessage()).contains("restart"));
  }
}
