package org.bitcloud.contracts.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.contracts.storage.Market.Deal;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;
import org.junit.jupiter.api.Test;

/// Draws fall on contracts in proportion to what they pay, and on leaves evenly.
class DrawTest {
  // Chi-square at probability 0.001; the seed is fixed, so the tests either always pass or never.
  private static final double CHI_5 = 20.5;
  private static final double CHI_15 = 37.7;

  @Test
  void contractsAreDrawnByWhatTheyPay() {
    MiniChain chain = MiniChain.start("renter", "provider");
    chain.checks = false;
    Market market = new Market(chain);
    market.deposit("provider", Amount.of(1_000_000_000));
    List<Deal> deals = new ArrayList<>();
    long[] weights = {1, 2, 3, 10, 4, 30};
    for (long weight : weights) {
      deals.add(market.store("renter", "provider", Content.of(1, 1), 20 * weight, 0, 1_000));
    }
    int[] hits = new int[weights.length];
    int draws = 0;
    for (int window = 0; window < 150; window++) {
      chain.nextWindow();
      for (Challenge.Drawn drawn : chain.challenge("provider").leaves()) {
        int index = deals.stream().map(Deal::id).toList().indexOf(drawn.contractId());
        hits[index]++;
        draws++;
      }
      market.prove("provider");
    }
    assertEquals(3_000, draws);
    double chi = 0;
    for (int i = 0; i < weights.length; i++) {
      double expected = draws * weights[i] / 50.0;
      chi += (hits[i] - expected) * (hits[i] - expected) / expected;
    }
    assertTrue(chi < CHI_5, "chi-square " + chi);
  }

  @Test
  void leavesAreDrawnEvenly() {
    int[] hits = new int[16];
    long sectors = 5;
    int draws = 16_000;
    for (int i = 0; i < draws; i++) {
      Hash beacon = Sha256.hash(Amount.of(i / 20).toBytes32());
      long leaf = StorageDraw.leaf(beacon, MiniChain.address("provider"), i % 20, sectors);
      assertTrue(leaf >= 0 && leaf < sectors * StorageParameters.SECTOR_LEAVES);
      hits[(int) (leaf * 16 / (sectors * StorageParameters.SECTOR_LEAVES))]++;
    }
    double chi = 0;
    for (int hit : hits) {
      chi += (hit - 1_000.0) * (hit - 1_000.0) / 1_000.0;
    }
    assertTrue(chi < CHI_15, "chi-square " + chi);
  }

  @Test
  void pointsCoverTheWholeSumAndNothingElse() {
    boolean[] seen = new boolean[7];
    for (int i = 0; i < 200; i++) {
      Hash beacon = Sha256.hash(Amount.of(i).toBytes32());
      Amount point = StorageDraw.point(beacon, MiniChain.address("provider"), 3, Amount.of(7));
      seen[(int) point.toLong()] = true;
    }
    for (boolean point : seen) {
      assertTrue(point);
    }
  }
}
