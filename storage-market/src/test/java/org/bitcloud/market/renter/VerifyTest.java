package org.bitcloud.market.renter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.bitcloud.market.OddSectors;
import org.bitcloud.market.TestMarket;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sampling the providers of an object.
class VerifyTest {
  @TempDir Path folder;

  @Test
  void eachProviderIsFoundAsItIs() throws Exception {
    try (TestMarket market = TestMarket.start(6)) {
      Desk desk = new Desk(market, folder);
      PutResult put = desk.put(desk.file("a", 500_000), PutOptions.DEFAULT);
      Renter renter = desk.renter();
      VerifyReport sound = renter.verify(put.id(), 5);
      assertEquals(6, sound.good());
      assertEquals(2, sound.needed());
      assertTrue(sound.providers().stream().allMatch(f -> f.asked() == 5 && f.right() == 5));

      OddSectors liar = market.makeOdd(market.node(0));
      liar.lies = true;
      TestMarket.Node loser = market.node(1);
      for (Hash root : List.copyOf(loser.sectors.roots())) {
        assertTrue(loser.sectors.delete(root));
      }
      market.stop(market.node(2));
      VerifyReport mixed = renter.verify(put.id(), 4);
      assertEquals(3, mixed.good());
      assertTrue(mixed.isReadable());
      VerifyReport.Finding lying = of(mixed, market.node(0));
      assertEquals(0, lying.right());
      assertTrue(lying.problem().contains("wrong bytes"), lying.problem());
      VerifyReport.Finding lost = of(mixed, loser);
      assertEquals(0, lost.right());
      assertEquals(4, lost.asked());
      assertTrue(lost.problem().contains("not stored here"), lost.problem());
      // Nobody is asked again who is not there at all.
      VerifyReport.Finding gone = of(mixed, market.node(2));
      assertEquals(1, gone.asked());
      assertTrue(gone.problem().contains("cannot be reached"), gone.problem());
      for (int i = 3; i < 6; i++) {
        assertTrue(of(mixed, market.node(i)).isGood());
      }
    }
  }

  @Test
  void anObjectThatCannotBeReadIsSaidToBeSo() throws Exception {
    try (TestMarket market = TestMarket.start(6)) {
      Desk desk = new Desk(market, folder);
      PutResult put = desk.put(desk.file("a", 500_000), PutOptions.DEFAULT);
      Renter renter = desk.renter();
      for (int i = 0; i < 5; i++) {
        market.makeOdd(market.node(i)).lies = true;
      }
      VerifyReport report = renter.verify(put.id(), 3);
      assertEquals(1, report.good());
      assertFalse(report.isReadable());
    }
  }

  private static VerifyReport.Finding of(VerifyReport report, TestMarket.Node node) {
    return report.providers().stream()
        .filter(finding -> finding.provider().equals(node.key.address()))
        .findFirst()
        .orElseThrow();
  }
}
