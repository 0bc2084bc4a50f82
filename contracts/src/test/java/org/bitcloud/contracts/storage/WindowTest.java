package org.bitcloud.contracts.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.Test;

/// The clock of windows, and that a chain which stood still punishes nobody.
class WindowTest {
  private static final Content CONTENT = Content.of(1, 1);

  private final MiniChain chain = MiniChain.start("renter", "provider", "other");
  private final Market market = new Market(chain);

  private WindowStatus windowAt(long index) {
    return chain.view(new StorageCall.WindowAt(index), StorageResults::window);
  }

  @Test
  void opensWithTheFirstBlockAndThenEveryLength() {
    assertEquals(0, chain.window().index());
    assertEquals(1, chain.window().openHeight());
    long opened = chain.window().openTimeMillis();
    chain.nextBlock(MiniChain.WINDOW_MILLIS - 4_000);
    chain.nextBlock(3_999);
    assertEquals(0, chain.window().index());
    chain.nextBlock(1);
    assertEquals(1, chain.window().index());
    assertEquals(opened + MiniChain.WINDOW_MILLIS, chain.window().openTimeMillis());
  }

  @Test
  void aWindowWithFewerThanFourBlocksIsVoid() {
    chain.nextBlock(3_900);
    chain.nextBlock(3_900);
    chain.nextBlock(3_900);
    assertEquals(1, chain.window().index());
    assertEquals(3, windowAt(0).blocks());
    assertTrue(windowAt(0).isVoid());
  }

  @Test
  void aWindowWithAGapOfMoreThanHalfItsLengthIsVoid() {
    for (int i = 0; i < 5; i++) {
      chain.nextBlock(100);
    }
    chain.nextBlock(MiniChain.WINDOW_MILLIS / 2 + 1);
    chain.nextBlock(MiniChain.WINDOW_MILLIS / 2);
    assertTrue(windowAt(0).isVoid());
  }

  @Test
  void aGapOfJustHalfTheLengthIsAllowed() {
    for (int i = 0; i < 5; i++) {
      chain.nextBlock(100);
    }
    chain.nextBlock(MiniChain.WINDOW_MILLIS / 2);
    chain.nextBlock(MiniChain.WINDOW_MILLIS / 2 - 500);
    assertEquals(1, chain.window().index());
    assertFalse(windowAt(0).isVoid());
  }

  @Test
  void noWindowIsCaughtUpAfterAPause() {
    chain.nextWindow();
    long ordinal = chain.window().ordinal();
    chain.sleep(10);
    assertEquals(2, chain.window().index());
    assertEquals(ordinal, chain.window().ordinal(), "the window of the pause is void");
    assertEquals(1, chain.window().blocks());
  }

  @Test
  void theBeaconIsAHashOfTheOpeningBlocksParentAndGoesIntoTheHeader() {
    Hash first = chain.rules.beacon(chain);
    assertEquals(StorageDraw.beacon(MiniChain.GENESIS, 0, chain.window().parentHash()), first);
    chain.nextBlock();
    assertEquals(first, chain.rules.beacon(chain));
    chain.nextWindow();
    assertNotEquals(first, chain.rules.beacon(chain));
    assertEquals(chain.window().beacon(), chain.rules.beacon(chain));
    assertEquals(chain.block().parentHash(), chain.window().parentHash());
    assertEquals(first, windowAt(0).beacon());
  }

  @Test
  void aChainThatWasOffForTenWindowsPunishesNobody() {
    market.deposit("provider", Amount.of(1_000_000_000));
    Market.Deal deal = market.store("renter", "provider", CONTENT, 2_000, 6_000, 20);
    chain.nextWindow();
    market.prove("provider");
    chain.nextWindow();
    long left = chain.contract(deal.id()).windowsLeft();
    for (int i = 0; i < 10; i++) {
      chain.sleep(1);
    }
    assertEquals(left, chain.contract(deal.id()).windowsLeft(), "terms are longer by the pause");
    assertEquals(Amount.ZERO, chain.provider("provider").penalties());
    assertEquals(0, chain.provider("provider").misses());
    market.prove("provider");
    chain.nextWindow();
    assertEquals(40, chain.contract(deal.id()).books().provenLeaves());
    assertEquals(0, chain.provider("provider").misses());
  }

  @Test
  void aProofInAWindowThatBecomesVoidIsNeitherPaidNorHeldAgainstAnybody() {
    market.deposit("provider", Amount.of(1_000_000_000));
    Market.Deal deal = market.store("renter", "provider", CONTENT, 2_000, 6_000, 20);
    chain.nextWindow();
    market.prove("provider");
    chain.sleep(2);
    chain.nextWindow();
    assertEquals(0, chain.contract(deal.id()).books().provenLeaves() % 20);
    assertEquals(Amount.ZERO, chain.provider("provider").earned());
    assertEquals(1, chain.provider("provider").misses(), "only the window after the pause");
  }

  @Test
  void aRevisionInAVoidWindowActsFromTheNextOne() {
    market.deposit("provider", Amount.of(1_000_000_000));
    Market.Deal deal = market.form("renter", "provider", 3, 2_000, 6_000, 20);
    market.revise(deal, CONTENT);
    chain.nextWindow();
    market.prove("provider");
    market.revise(deal, Content.of(2, 3));
    chain.sleep(1);
    assertEquals(Amount.of(6_000), chain.challenge("provider").due());
    market.prove("provider");
    chain.nextWindow();
    assertEquals(Amount.of(6_000), chain.contract(deal.id()).books().paid());
    assertEquals(Amount.of(6_000 - 120), chain.provider("provider").earned());
  }

  @Test
  void aTermCountsOnlyValidWindows() {
    market.deposit("provider", Amount.of(1_000_000_000));
    Market.Deal deal = market.store("renter", "provider", CONTENT, 2_000, 6_000, 3);
    chain.sleep(1);
    chain.sleep(1);
    assertEquals(3, chain.contract(deal.id()).windowsLeft());
    for (int left = 3; left > 0; left--) {
      assertEquals(left, chain.contract(deal.id()).windowsLeft());
      assertEquals(Phase.ACTIVE, chain.contract(deal.id()).phase());
      market.prove("provider");
      chain.nextWindow();
    }
    assertEquals(Phase.ENDED, chain.contract(deal.id()).phase());
  }
}
