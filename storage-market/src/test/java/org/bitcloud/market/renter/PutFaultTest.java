package org.bitcloud.market.renter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.PipeWire;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.sector.MemorySectorStore;
import org.bitcloud.primitives.Amount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Storing a file while the network, providers or the renter itself fail.
class PutFaultTest {
  @TempDir Path folder;

  private static void assertTidy(TestMarket market, int sectorsEach) {
    for (TestMarket.Node node : market.nodes()) {
      assertEquals(sectorsEach, node.sectors.usedSectors());
    }
  }

  @Test
  void sessionsThatBreakAreTakenUpAgain() throws Exception {
    try (TestMarket market = TestMarket.start(6)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", 17_000_000);
      for (int i = 0; i < 6; i++) {
        market.wire.fault(market.endpoint(i), PipeWire.Fault.cut(1_000_000 * i + 700, 2));
      }
      PutResult put = desk.put(file, PutOptions.DEFAULT);
      assertEquals(6, put.shardsPlaced());
      desk.assertReadable(put, file);
      assertTidy(market, 4);
      assertEquals(6, desk.running());
    }
  }

  @Test
  void aProviderThatStaysAwayIsDoneWithout() throws Exception {
    try (TestMarket market = TestMarket.start(6)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", 9_000_000);
      market.wire.fault(market.endpoint(3), PipeWire.Fault.cut(100_000, 1000));
      PutResult put = desk.put(file, PutOptions.DEFAULT);
      assertEquals(5, put.shardsPlaced());
      assertTrue(
          put.warnings().stream()
              .anyMatch(w -> w.contains(market.node(3).key.address().toString())));
      // The contract with the one that stays away is over, and nothing is due to it.
      assertEquals(5, desk.running());
      desk.assertReadable(put, file);
    }
  }

  @Test
  void aSpareTakesTheShardOfAProviderThatFails() throws Exception {
    try (TestMarket market = TestMarket.start(7)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", 9_000_000);
      for (int i = 0; i < 7; i++) {
        market.wire.fault(
            market.endpoint(i),
            i == 2 ? PipeWire.Fault.cut(100_000, 1000) : PipeWire.Fault.cut(-1, 0));
      }
      PutResult put = desk.put(file, PutOptions.DEFAULT.withErasure(new Erasure(2, 6)));
      assertEquals(6, put.shardsPlaced());
      desk.assertReadable(put, file);
      assertEquals(6, desk.running());
    }
  }

  @Test
  void aPutThatFailsRefundsAndLeavesNothing() throws Exception {
    try (TestMarket market = TestMarket.start(6)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", 9_000_000);
      Amount before = desk.balance();
      market.wire.fault(market.endpoint(0), PipeWire.Fault.cut(100_000, 1000));
      market.wire.fault(market.endpoint(4), PipeWire.Fault.cut(100_000, 1000));
      MarketException failure =
          assertThrows(MarketException.class, () -> desk.put(file, PutOptions.DEFAULT));
      assertEquals(MarketError.TOO_FEW_SHARDS, failure.error());
      assertTrue(failure.getMessage().contains(market.node(0).key.address().toString()));
      assertTrue(failure.getMessage().contains("only 4"), failure.getMessage());
      assertEquals(0, desk.running());
      // Only fees are gone.
      Amount lost = before.minus(desk.balance());
      assertTrue(lost.compareTo(Amount.CLOUDCOIN.dividedBy(10)) < 0, lost.toCloudcoins());
      market.wire.fault(market.endpoint(0), PipeWire.Fault.cut(-1, 0));
      market.wire.fault(market.endpoint(4), PipeWire.Fault.cut(-1, 0));
      market.nextWindow(market.nodes());
      assertTidy(market, 0);
      // The same put works when the providers are back.
      desk.assertReadable(desk.put(file, PutOptions.DEFAULT), file);
    }
  }

  /// The renter's process ends at some moment of its main thread.
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void aPutThatWasKilledGoesOnWhereItWas() throws Exception {
    int moments = 0;
    for (int kill = 0; ; kill += 1 + kill / 5) {
      try (TestMarket market = TestMarket.start(3)) {
        Desk desk = new Desk(market, folder.resolve("kill-" + kill));
        Path _ = Files.createDirectories(desk.folder);
        Path file = desk.file("a", 5_000_000);
        if (!isKilled(desk, file, kill)) {
          break;
        }
        moments++;
        PutResult put = desk.put(file, PutOptions.DEFAULT);
        assertEquals(3, put.shardsPlaced(), "killed at " + kill);
        desk.assertReadable(put, file);
        assertEquals(3, desk.running(), "killed at " + kill);
        assertTidy(market, 3);
        assertEquals(1, desk.renter().list().size());
      }
    }
    assertTrue(moments > 6, "killed only " + moments + " times");
  }

  private static boolean isKilled(Desk desk, Path file, int moment) throws Exception {
    Thread main = Thread.currentThread();
    AtomicInteger updates = new AtomicInteger();
    Progress listener =
        state -> {
          boolean isDone = state.stage() == Progress.Stage.DONE;
          if (!isDone
              && Thread.currentThread().equals(main)
              && updates.getAndIncrement() == moment) {
            throw new Killed();
          }
        };
    try {
      PutResult _ = desk.renter().put(PutSource.file(file), PutOptions.DEFAULT, listener);
      return false;
    } catch (Killed e) {
      return true;
    }
  }

  @Test
  void anotherContentUnderTheSameNameUndoesWhatWasBegun() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", 5_000_000);
      assertTrue(isKilled(desk, file, 8));
      Path changed = desk.file("a", 4_500_000);
      PutResult put = desk.put(changed, PutOptions.DEFAULT);
      desk.assertReadable(put, changed);
      assertEquals(3, desk.running());
      market.nextWindow(market.nodes());
      market.nextWindow(market.nodes());
      assertTidy(market, 3);
    }
  }

  @Test
  void aLedgerThatGoesAwayLeavesThePutToGoOn() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", 9_000_000);
      Renter renter = desk.renter();
      Progress listener =
          state -> {
            if (state.stage() == Progress.Stage.CONFIRMING) {
              market.ledger.unreachable(true);
            }
          };
      MarketException failure =
          assertThrows(
              MarketException.class,
              () -> renter.put(PutSource.file(file), PutOptions.DEFAULT, listener));
      assertTrue(failure.getMessage().contains("run the same put again"), failure.getMessage());
      market.ledger.unreachable(false);
      PutResult put = desk.put(file, PutOptions.DEFAULT);
      desk.assertReadable(put, file);
      assertEquals(3, desk.running());
      assertTidy(market, 4);
    }
  }

  @Test
  void twoPutsOfOneFileAtOnceAreRefused() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", 1000);
      Renter renter = desk.renter();
      AtomicInteger refused = new AtomicInteger();
      Progress listener =
          state -> {
            if (state.stage() == Progress.Stage.FORMING && refused.get() == 0) {
              MarketException e =
                  assertThrows(
                      MarketException.class,
                      () -> renter.put(PutSource.file(file), PutOptions.DEFAULT, Progress.NONE));
              assertEquals(MarketError.IN_PROGRESS, e.error());
              int _ = refused.incrementAndGet();
            }
          };
      PutResult _ = renter.put(PutSource.file(file), PutOptions.DEFAULT, listener);
      assertEquals(1, refused.get());
      assertFalse(renter.list().isEmpty());
    }
  }

  @Test
  void aProviderWithoutSpaceIsNotChosen() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      var _ = market.add(new MemorySectorStore(2));
      Desk desk = new Desk(market, folder);
      Path file = desk.file("a", 9_000_000);
      PutResult put = desk.put(file, PutOptions.DEFAULT);
      assertEquals(new Erasure(1, 3), put.erasure());
    }
  }
}
