package org.bitcloud.market.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitcloud.contracts.storage.Phase;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.contracts.storage.StorageEvent;
import org.bitcloud.market.LedgerLog;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.renter.Progress;
import org.bitcloud.market.renter.PutOptions;
import org.bitcloud.market.renter.PutResult;
import org.bitcloud.market.renter.PutSource;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The settler of a validator's node closes the books of those who do not.
class SettlerTest {
  @TempDir Path folder;

  private PutResult store(TestMarket market) throws Exception {
    Path file = Files.write(folder.resolve("a"), new byte[10_000]);
    return market
        .renter(folder.resolve("home"))
        .put(PutSource.file(file), PutOptions.DEFAULT, Progress.NONE);
  }

  @Test
  void aProviderThatIsGoneIsSettledAndEnded() throws Exception {
    try (TestMarket market = TestMarket.start(4);
        Settler settler = Settler.start(market.ledger, TestMarket.key("settler"))) {
      PutResult put = store(market);
      assertEquals(4, put.shardsPlaced());
      market.nextWindow(market.nodes());
      TestMarket.Node gone = market.node(3);
      List<TestMarket.Node> others = market.nodes().subList(0, 3);
      market.stop(gone);
      StorageClient chain = new StorageClient(market.ledger);
      Address account = gone.key.address();
      Amount locked = chain.provider(account).locked();
      for (int window = 0; window < 6; window++) {
        market.nextWindow(others);
        market.await(
            "the settler keeps up",
            () ->
                Optional.of(chain.provider(account))
                    .filter(status -> status.contracts() == 0 || status.unsettled() < 2)
                    .map(_ -> true));
      }
      ProviderStatus status = chain.provider(account);
      assertEquals(0, status.contracts());
      assertEquals(1, status.generation());
      assertEquals(locked, status.penalties());
      for (Hash id : chain.contractsOf(account)) {
        assertEquals(Phase.ABANDONED, chain.contract(id).orElseThrow().phase());
      }
      assertTrue(settler.settled() >= 1);
      assertTrue(rewards(market, account).compareTo(Amount.ZERO) > 0);
      for (TestMarket.Node node : others) {
        assertEquals(1, chain.provider(node.key.address()).contracts());
        assertEquals(Amount.ZERO, chain.provider(node.key.address()).penalties());
      }
    }
  }

  @Test
  void thoseWhoProveNeedNobody() throws Exception {
    try (TestMarket market = TestMarket.start(3);
        Settler settler = Settler.start(market.ledger, TestMarket.key("settler"))) {
      PutResult _ = store(market);
      for (int i = 0; i < 5; i++) {
        market.nextWindow(market.nodes());
      }
      assertEquals(0, settler.settled());
      assertEquals(0, market.ledger.nonce(TestMarket.key("settler").address()));
    }
  }

  private static Amount rewards(TestMarket market, Address provider) throws Exception {
    Amount sum = Amount.ZERO;
    for (LedgerLog log : market.ledger.allLogs()) {
      if (StorageEvent.decode(log.log()).orElse(null) instanceof StorageEvent.Settled settled
          && settled.provider().equals(provider)) {
        sum = sum.plus(settled.reward());
      }
    }
    return sum;
  }
}
