package org.bitcloud.market.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.sector.MemorySectorStore;
import org.junit.jupiter.api.Test;

class ProviderDirectoryTest {
  private static final Duration AGE = Duration.ofSeconds(30);

  private static ProviderDirectory directory(TestMarket market) {
    return new ProviderDirectory(new StorageClient(market.ledger), market.clock(), AGE);
  }

  @Test
  void theChainIsReadAgainWhenTheListIsOldOrExpired() throws Exception {
    try (TestMarket market = TestMarket.start(2)) {
      ProviderDirectory directory = directory(market);
      assertEquals(2, directory.all().size());
      TestMarket.Node third = market.add(new MemorySectorStore(8));
      assertEquals(2, directory.all().size());
      assertEquals(Optional.empty(), directory.endpoint(third.key.address()));
      market.clock.advance(AGE.plusMillis(1));
      assertEquals(3, directory.all().size());
      assertEquals(
          Optional.of(third.provider().endpoint()), directory.endpoint(third.key.address()));
      TestMarket.Node _ = market.add(new MemorySectorStore(8));
      directory.expire();
      assertEquals(4, directory.all().size());
    }
  }

  @Test
  void aListThatCannotBeRenewedIsUsedOn() throws Exception {
    try (TestMarket market = TestMarket.start(2)) {
      ProviderDirectory fresh = directory(market);
      ProviderDirectory known = directory(market);
      assertEquals(2, known.all().size());
      market.ledger.unreachable(true);
      known.expire();
      assertEquals(2, known.all().size());
      LedgerException e = assertThrows(LedgerException.class, fresh::all);
      assertTrue(e.retryable());
      assertEquals(Optional.empty(), fresh.endpoint(market.node(0).key.address()));
      // What was never read stays so when it is told to forget.
      fresh.expire();
      assertThrows(LedgerException.class, fresh::all);
      market.ledger.unreachable(false);
      assertEquals(2, fresh.all().size());
    }
  }
}
