package org.bitcloud.market.renter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bitcloud.contracts.storage.PriceList;
import org.bitcloud.market.MarketError;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.client.PostedPrices;
import org.bitcloud.market.codec.Manifest;
import org.bitcloud.market.codec.SlabLayout;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;

/// Chooses providers for an object: those with a valid offer, space and collateral, the cheapest
/// first, one for each endpoint, so that shards go to distinct operators.
final class Placement {
  /// Gas of forming and of revising one contract, with room to spare; for estimates only.
  private static final long CONTRACT_GAS = 1_500_000;

  private final Chain chain;

  Placement(Chain chain) {
    this.chain = chain;
  }

  /// Where an object goes.
  ///
  /// @param erasure the code
  /// @param candidates usable providers, the best first; at least one for each shard
  /// @param windows the term
  /// @param sectorsEach sectors at each provider, the manifest's among them
  record Plan(Erasure erasure, List<PostedPrices> candidates, long windows, long sectorsEach) {
    /// One provider for each shard; the others are spares.
    List<PostedPrices> chosen() {
      return candidates.subList(0, erasure.shards());
    }

    Amount escrow() {
      Amount sum = Amount.ZERO;
      for (PostedPrices provider : chosen()) {
        sum = sum.plus(provider.prices().storage().times(sectorsEach).times(windows));
      }
      return sum;
    }
  }

  /// Plans the placement of an object of so many bytes.
  ///
  /// @throws MarketException `TOO_FEW_PROVIDERS`, `OBJECT_TOO_LARGE` or `LEDGER_UNAVAILABLE`
  Plan plan(long bytes, PutOptions options) throws MarketException {
    chain.directory().expire();
    List<PostedPrices> posted = Chain.ask(() -> chain.directory().all());
    long windows = windows(options.term());
    Tally tally = new Tally();
    List<PostedPrices> usable = usable(posted, windows, 1, tally);
    while (true) {
      Erasure erasure = erasure(options, usable.size(), tally);
      long sectors = sectorsEach(bytes, erasure);
      List<PostedPrices> roomy = usable(posted, windows, sectors, tally);
      if (roomy.size() >= erasure.shards()) {
        checkSize(bytes, erasure);
        return new Plan(erasure, roomy, windows, sectors);
      }
      if (options.erasure() != null) {
        throw tooFew(erasure.shards(), roomy.size(), tally);
      }
      usable = roomy;
    }
  }

  /// Usable providers for a job that goes on, the best first.
  List<PostedPrices> candidates(PutRecord.Start start) throws MarketException {
    chain.directory().expire();
    List<PostedPrices> posted = Chain.ask(() -> chain.directory().all());
    return usable(posted, start.windows(), start.sectorsEach(), new Tally());
  }

  /// What a plan would cost.
  CostEstimate estimate(Plan plan) throws MarketException {
    Amount fees = Chain.ask(() -> chain.sender().feeBound(CONTRACT_GAS * plan.erasure().shards()));
    List<CostEstimate.Choice> choices =
        plan.chosen().stream()
            .map(
                p ->
                    new CostEstimate.Choice(p.provider(), p.prices().storage(), reason(p.prices())))
            .toList();
    return new CostEstimate(
        plan.erasure(),
        choices,
        plan.sectorsEach(),
        plan.windows(),
        plan.escrow(),
        fees,
        plan.erasure().availability(0.75));
  }

  /// Checks budget and balance against an estimate.
  ///
  /// @throws MarketException `OVER_BUDGET` or `INSUFFICIENT_FUNDS`, with the figures
  void checkMeans(CostEstimate estimate, PutOptions options) throws MarketException {
    Amount budget = options.budget();
    if (budget != null && estimate.total().compareTo(budget) > 0) {
      throw new MarketException(
          MarketError.OVER_BUDGET,
          "storing this costs up to "
              + estimate.total().toCloudcoins()
              + " CLD, the budget is "
              + budget.toCloudcoins()
              + " CLD; raise the budget or shorten the term");
    }
    Amount balance = chain.balance();
    if (estimate.total().compareTo(balance) > 0) {
      throw new MarketException(
          MarketError.INSUFFICIENT_FUNDS,
          "storing this locks "
              + estimate.escrow().toCloudcoins()
              + " CLD and needs up to "
              + estimate.fees().toCloudcoins()
              + " CLD for fees, the account has "
              + balance.toCloudcoins()
              + " CLD; send it the rest or shorten the term");
    }
  }

  private static String reason(PriceList prices) {
    return prices.storage()
        + " drops per sector and window, "
        + prices.freeSectors()
        + " sectors free";
  }

  private long windows(Duration term) throws MarketException {
    long length = Chain.ask(() -> chain.client().window()).lengthMillis();
    // One more: nothing is due in the window in which a contract is formed.
    return Math.max(1, Math.ceilDiv(term.toMillis(), length)) + 1;
  }

  private static long sectorsEach(long bytes, Erasure erasure) {
    return Math.ceilDiv(bytes, (long) SlabLayout.capacity(erasure.dataShards())) + 1;
  }

  private static Erasure erasure(PutOptions options, int usable, Tally tally)
      throws MarketException {
    Erasure wished = options.erasure();
    if (wished != null) {
      if (usable < wished.shards()) {
        throw tooFew(wished.shards(), usable, tally);
      }
      return wished;
    }
    if (usable < Erasure.SHARDS_DEFAULT_MIN) {
      throw tooFew(Erasure.SHARDS_DEFAULT_MIN, usable, tally);
    }
    return Erasure.forProviders(usable);
  }

  private static void checkSize(long bytes, Erasure erasure) throws MarketException {
    long most = Manifest.largestObject(erasure.dataShards(), erasure.shards());
    if (bytes > most) {
      throw new MarketException(
          MarketError.OBJECT_TOO_LARGE,
          bytes
              + " bytes are more than the "
              + most
              + " that "
              + erasure
              + " can hold; split the file or use more data shards");
    }
  }

  private List<PostedPrices> usable(
      List<PostedPrices> posted, long windows, long sectors, Tally tally) throws MarketException {
    long height = Chain.ask(() -> chain.client().ledger().head()).height().value();
    tally.reset(posted.size());
    Set<Bytes> endpoints = new HashSet<>();
    List<PostedPrices> sorted = new ArrayList<>(posted);
    sorted.sort(
        Comparator.comparing((PostedPrices p) -> p.prices().storage())
            .thenComparing(p -> p.provider().bytes()));
    List<PostedPrices> usable = new ArrayList<>();
    for (PostedPrices provider : sorted) {
      PriceList prices = provider.prices();
      if (!prices.holdsAt(height)) {
        tally.expired++;
      } else if (windows > prices.longestWindows() || windows < prices.shortestWindows()) {
        tally.term++;
      } else if (prices.freeSectors() < sectors) {
        tally.full++;
      } else if (!hasCollateral(provider, sectors)) {
        tally.poor++;
      } else if (endpoints.add(prices.endpoint())) {
        usable.add(provider);
      }
    }
    return usable;
  }

  private boolean hasCollateral(PostedPrices provider, long sectors) throws MarketException {
    Amount funds = Chain.ask(() -> chain.client().provider(provider.provider())).funds();
    return provider.prices().collateral().times(sectors).compareTo(funds) <= 0;
  }

  /// Why providers were not usable.
  private static final class Tally {
    private int posted;
    private int expired;
    private int term;
    private int full;
    private int poor;

    private void reset(int all) {
      posted = all;
      expired = 0;
      term = 0;
      full = 0;
      poor = 0;
    }
  }

  private static MarketException tooFew(int needed, int usable, Tally tally) {
    return new MarketException(
        MarketError.TOO_FEW_PROVIDERS,
        "needs "
            + needed
            + " providers, "
            + usable
            + " are usable: of "
            + tally.posted
            + " on chain "
            + tally.expired
            + " have no valid price list, "
            + tally.full
            + " no space, "
            + tally.poor
            + " too little collateral, "
            + tally.term
            + " do not offer this term; start more providers, choose another term or name a"
            + " smaller erasure code");
  }
}
