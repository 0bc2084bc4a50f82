package org.bitcloud.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.junit.jupiter.api.Test;

/// Two branches grown by hand from one parent.
class ReorganisationTest {
  private final TestNetwork network = TestNetwork.open();
  private final Chain chain = network.chain;
  private final BlockHeader fork = network.append(TestNetwork.transfer(9, 0, 8)).header();

  private Block grow(BlockHeader parent, SignedTransaction... transactions) {
    Block block = network.build(parent, transactions);
    TestNetwork.accept(chain.execute(block, TestNetwork.now(block)));
    return block;
  }

  private void choose(Block tip) {
    chain.decide(Commit.switchTo(tip.hash(), fork.hash(), fork.hash()));
  }

  @Test
  void switchesToALongerBranchAndBack() {
    Block a1 = grow(fork, TestNetwork.transfer(0, 0, 1));
    Block a2 = grow(a1.header(), TestNetwork.note(0, 1, "on a", Amount.of(3)));
    choose(a2);
    Block b1 = grow(fork, TestNetwork.transfer(0, 0, 2));
    Block b2 = grow(b1.header(), TestNetwork.note(0, 1, "on b", Amount.ZERO));
    Block b3 = grow(b2.header());

    List<String> news = follow();
    choose(b3);
    assertEquals(
        List.of(
            "- " + a2.hash(),
            "- " + a1.hash(),
            "+ " + b1.hash(),
            "+ " + b2.hash(),
            "+ " + b3.hash()),
        news);
    assertOn(List.of(b1, b2, b3), List.of(a1, a2));
    assertEquals(Amount.CLOUDCOIN.times(1_000).plus(Amount.ONE), network.balance(2));
    assertEquals(Amount.CLOUDCOIN.times(1_000), network.balance(1));

    choose(a2);
    assertOn(List.of(a1, a2), List.of(b1, b2));
    assertEquals(Optional.empty(), chain.hashAt(new Height(4)));
    assertEquals(b3.encode(), chain.block(b3.hash()).orElseThrow().encode());
    assertEquals(Amount.CLOUDCOIN.times(1_000).plus(Amount.ONE), network.balance(1));
  }

  @Test
  void endsInTheSameStateAsAChainThatNeverSwitched() {
    Block a1 = grow(fork, TestNetwork.transfer(0, 0, 1), TestNetwork.transfer(3, 0, 4));
    choose(a1);
    Block b1 = grow(fork, TestNetwork.note(0, 0, "b", Amount.of(9)));
    Block b2 = grow(b1.header(), TestNetwork.transfer(0, 1, 5));
    choose(b2);

    TestNetwork straight = TestNetwork.open();
    for (long height = 1; height <= 3; height++) {
      Block block = chain.blockAt(new Height(height)).orElseThrow();
      TestNetwork.accept(straight.chain.execute(block, TestNetwork.now(block)));
      straight.chain.decide(Commit.finalize(block.hash()));
    }
    assertEquals(chain.head(), straight.chain.head());
    assertEquals(network.audit(), straight.audit());
    TestNetwork reopened = TestNetwork.open(network.store);
    assertEquals(chain.heads(), reopened.chain.heads());
  }

  @Test
  void growsABranchOnABlockBelowTheHead() {
    Block a1 = grow(fork, TestNetwork.transfer(0, 0, 1));
    choose(a1);
    Block a2 = grow(a1.header(), TestNetwork.transfer(0, 1, 1));
    choose(a2);
    Block b2 = grow(a1.header(), TestNetwork.transfer(5, 0, 6));
    choose(b2);
    assertOn(List.of(a1, b2), List.of(a2));
    assertTrue(network.audit().balanced());
  }

  @Test
  void returnsToABranchWhoseStatesWereForgotten() {
    Block a1 = grow(fork, TestNetwork.transfer(0, 0, 1));
    Block a2 = grow(a1.header(), TestNetwork.transfer(0, 1, 1));
    choose(a2);
    Block b1 = grow(fork, TestNetwork.transfer(7, 0, 6));
    choose(b1);
    TestNetwork reopened = TestNetwork.open(network.store);
    reopened.chain.decide(Commit.switchTo(a2.hash(), fork.hash(), fork.hash()));
    assertEquals(a2.header(), reopened.chain.head());
    assertEquals(2, reopened.chain.account(TestNetwork.user(0)).nonce());
    assertTrue(reopened.audit().balanced());
  }

  @Test
  void alternatesManyTimesWithoutLosingACoin() {
    Block a = grow(fork, TestNetwork.transfer(0, 0, 1));
    Block b = grow(fork, TestNetwork.note(0, 0, "b", Amount.of(5)));
    List<Hash> roots = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      choose(i % 2 == 0 ? a : b);
      roots.add(network.stateRoot());
      assertTrue(network.audit().balanced());
    }
    assertEquals(2, roots.stream().distinct().count());
  }

  private List<String> follow() {
    List<String> news = new ArrayList<>();
    var _ =
        chain.subscribe(
            new ChainListener() {
              @Override
              public void applied(AppliedBlock block) {
                news.add("+ " + block.hash());
              }

              @Override
              public void reverted(Block block) {
                news.add("- " + block.hash());
              }
            });
    return news;
  }

  private void assertOn(List<Block> line, List<Block> abandoned) {
    for (Block block : line) {
      assertEquals(Optional.of(block.hash()), chain.hashAt(block.height()));
      for (SignedTransaction transaction : block.body().transactions()) {
        assertEquals(
            Optional.of(block.hash()),
            chain.transaction(transaction.hash()).map(TransactionLocation::block));
      }
    }
    for (Block block : abandoned) {
      for (SignedTransaction transaction : block.body().transactions()) {
        assertTrue(
            chain
                .transaction(transaction.hash())
                .filter(place -> place.block().equals(block.hash()))
                .isEmpty());
      }
    }
    assertEquals(line.getLast().header(), chain.head());
    assertTrue(network.audit().balanced());
  }
}
