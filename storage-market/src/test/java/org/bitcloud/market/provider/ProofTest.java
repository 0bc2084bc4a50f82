package org.bitcloud.market.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.contracts.storage.StorageEvent;
import org.bitcloud.market.LedgerLog;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.renter.Progress;
import org.bitcloud.market.renter.PutOptions;
import org.bitcloud.market.renter.PutResult;
import org.bitcloud.market.renter.PutSource;
import org.bitcloud.market.renter.Renter;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofTest {
  @TempDir Path folder;

  private PutResult store(TestMarket market, int size) throws Exception {
    byte[] bytes = new byte[size];
    Seeds.random(size).nextBytes(bytes);
    Path file = folder.resolve(size + ".bin");
    Path _ = Files.write(file, bytes);
    Renter renter = market.renter(folder.resolve("home"));
    return renter.put(PutSource.file(file), PutOptions.DEFAULT, Progress.NONE);
  }

  private static List<StorageEvent.Settled> settled(TestMarket market) throws Exception {
    List<StorageEvent.Settled> settled = new ArrayList<>();
    for (LedgerLog log : market.ledger.allLogs()) {
      if (StorageEvent.decode(log.log()).orElse(null) instanceof StorageEvent.Settled s) {
        settled.add(s);
      }
    }
    return settled;
  }

  @Test
  void fiftyWindowsAreProvenAndPaid() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      PutResult _ = store(market, 3_000_000);
      for (int i = 0; i < 50; i++) {
        market.nextWindow(market.nodes());
      }
      List<StorageEvent.Settled> settled = settled(market);
      assertEquals(3 * 49, settled.size());
      for (StorageEvent.Settled s : settled) {
        assertEquals(20, s.proven());
        assertEquals(Amount.ZERO, s.penalty());
        // Two sectors: one of data, one of the manifest.
        assertEquals(TestMarket.OFFER.storage().times(2), s.gross());
      }
      StorageClient chain = new StorageClient(market.ledger);
      for (TestMarket.Node node : market.nodes()) {
        ProviderStatus status = chain.provider(node.key.address());
        assertEquals(0, status.misses());
        assertTrue(status.earned().compareTo(Amount.ZERO) > 0);
        assertEquals(50, node.provider().report().proofs().windows());
        assertEquals("", node.provider().report().proofs().problem());
      }
    }
  }

  @Test
  void aProviderThatRestartsGoesOnProving() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      PutResult _ = store(market, 100_000);
      for (int i = 0; i < 4; i++) {
        market.nextWindow(market.nodes());
        market.stop(market.node(i % 3));
        market.node(i % 3).medium.crash();
        market.start(market.node(i % 3));
      }
      market.nextWindow(market.nodes());
      assertTrue(settled(market).stream().allMatch(s -> s.proven() == 20));
    }
  }

  @Test
  void lostSectorsAreLeftOutAndCostCollateral() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      PutResult _ = store(market, 12_000_000);
      market.nextWindow(market.nodes());
      TestMarket.Node loser = market.node(1);
      // One of the three data sectors; the manifest stays.
      Hash lost = loser.sectors.roots().getFirst();
      assertTrue(loser.sectors.delete(lost));
      for (int i = 0; i < 5; i++) {
        market.nextWindow(market.nodes());
      }
      List<StorageEvent.Settled> own =
          settled(market).stream().filter(s -> s.provider().equals(loser.key.address())).toList();
      assertTrue(own.stream().anyMatch(s -> s.proven() < 20 && !s.penalty().isZero()));
      assertTrue(own.stream().allMatch(s -> s.proven() > 0));
      assertEquals(List.of(lost), loser.provider().report().damaged());
      assertTrue(
          settled(market).stream()
              .filter(s -> !s.provider().equals(loser.key.address()))
              .allMatch(s -> s.proven() == 20));
    }
  }

  @Test
  void sectorsGoWhenTheContractIsOver() throws Exception {
    try (TestMarket market = TestMarket.start(3)) {
      PutResult put = store(market, 100_000);
      market.nextWindow(market.nodes());
      Renter renter = market.renter(folder.resolve("home"));
      assertEquals(3, renter.remove(put.id(), Progress.NONE).contracts());
      // What was frozen is still asked for until its window has closed.
      for (TestMarket.Node node : market.nodes()) {
        assertEquals(2, node.sectors.usedSectors());
      }
      for (int i = 0; i < 4; i++) {
        market.nextWindow(market.nodes());
      }
      StorageClient chain = new StorageClient(market.ledger);
      for (TestMarket.Node node : market.nodes()) {
        assertEquals(0, node.sectors.usedSectors());
        assertEquals(Amount.ZERO, chain.provider(node.key.address()).locked());
        assertEquals(0, node.provider().report().contracts());
      }
    }
  }
}
