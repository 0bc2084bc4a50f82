package org.bitcloud.contracts.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bitcloud.contracts.CallResult;
import org.bitcloud.contracts.TransactionResult;
import org.bitcloud.contracts.storage.Market.Deal;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.junit.jupiter.api.Test;

/// What calls cost, so that no provider or renter is priced out as contracts grow in number.
class GasTest {
  private final MiniChain chain = MiniChain.start("renter", "provider", "other");
  private final Market market = new Market(chain);

  @Test
  void provingTwentyLeavesOfManyContractsStaysFarBelowThreeMillion() {
    market.deposit("provider", Amount.CLOUDCOIN);
    for (int i = 0; i < 40; i++) {
      market.store("renter", "provider", Content.of(i % 4, 3), 20_000, 60_000, 30);
    }
    chain.nextWindow();
    StorageCall.Prove call = market.proveCall(market.proof("provider", _ -> true));
    TransactionResult result = chain.ok("provider", call);
    long worst = result.gasUsed() + 12 * zeros(call.encode());
    assertTrue(worst < 1_500_000, "gas with leaves that have no zero bytes " + worst);
    assertTrue(call.encode().size() < 36_000, "bytes " + call.encode().size());
  }

  private static long zeros(Bytes bytes) {
    return IntStream.range(0, bytes.size()).filter(i -> bytes.get(i) == 0).count();
  }

  @Test
  void aThousandContractsCostHardlyMoreThanTen() {
    chain.checks = false;
    market.deposit("provider", Amount.CLOUDCOIN);
    List<Long> formed = new ArrayList<>();
    List<Deal> deals = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      StorageTerms terms = market.terms("renter", "provider", 1, 20, 60, 100 + i / 50);
      formed.add(
          chain.ok("renter", terms.escrow(), Market.form(terms, "renter", "provider")).gasUsed());
      deals.add(new Deal(terms.digest(Market.DOMAIN), terms, "renter", "provider"));
    }
    List<Long> revised = new ArrayList<>();
    for (Deal deal : deals) {
      revised.add(market.revise(deal, Content.of(1, 1)).gasUsed());
    }
    assertTrue(formed.getLast() < formed.get(10) + 20_000, "form " + formed.getLast());
    assertTrue(revised.getLast() < revised.get(10) + 80_000, "revise " + revised.getLast());

    chain.nextWindow();
    long proof = market.prove("provider").gasUsed();
    assertTrue(proof < 1_500_000, "prove " + proof);
    chain.nextWindow();
    assertTrue(market.settle("other", "provider").gasUsed() < 100_000);
    chain.nextWindow();
    long missed = market.settle("other", "provider").gasUsed();
    assertTrue(missed < 1_000_000, "settling a missed window " + missed);
    long ended = chain.ok("renter", new StorageCall.End(deals.get(777).id())).gasUsed();
    assertTrue(ended < 250_000, "end " + ended);
  }

  @Test
  void anEstimateIsExactlyWhatTheTransactionUses() {
    market.deposit("provider", Amount.CLOUDCOIN);
    market.store("renter", "provider", Content.of(1, 2), 20_000, 60_000, 30);
    chain.nextWindow();
    StorageCall.Prove call = market.proveCall(market.proof("provider", _ -> true));
    CallResult estimate =
        chain.rules.call(
            chain,
            chain.block(),
            MiniChain.address("provider"),
            StorageAbi.ADDRESS,
            Amount.ZERO,
            call.encode(),
            30_000_000);
    assertEquals(estimate.gasUsed(), chain.ok("provider", call).gasUsed());
  }
}
