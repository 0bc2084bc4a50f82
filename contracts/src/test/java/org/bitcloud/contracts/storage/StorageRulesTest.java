package org.bitcloud.contracts.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bitcloud.contracts.storage.Market.Deal;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// For every rule of the corporation one call that is valid but for it, and the code it gets.
class StorageRulesTest {
  private static final Content CONTENT = Content.of(1, 2);
  private static final Amount NOTHING = Amount.ZERO;

  /// What a row does: sets up a chain, sends the corrupted call, returns the code.
  private interface Row {
    String code(MiniChain chain, Market market);
  }

  private static final Map<StorageRule, Row> ROWS = new EnumMap<>(StorageRule.class);

  static {
    general();
    prices();
    funds();
    forming();
    revising();
    proving();
    settling();
    ending();
    views();
  }

  private static void general() {
    ROWS.put(
        StorageRule.UNKNOWN_FUNCTION,
        (chain, _) -> chain.refusal("renter", NOTHING, Bytes.of((byte) 1, (byte) 2, (byte) 3)));
    ROWS.put(
        StorageRule.MALFORMED_CALL,
        (chain, _) ->
            chain.refusal(
                "renter",
                NOTHING,
                Bytes.concat(new StorageCall.Deposit().encode(), Bytes.of((byte) 0))));
    ROWS.put(
        StorageRule.NOT_PAYABLE,
        (chain, _) ->
            chain.refusal("provider", Amount.ONE, new StorageCall.PostPrices(list()).encode()));
  }

  private static PriceList list() {
    return list(20, 60, 1, 10);
  }

  private static PriceList list(long price, long collateral, long shortest, long longest) {
    return new PriceList(
        Amount.of(price),
        Amount.ONE,
        Amount.ONE,
        Amount.of(collateral),
        shortest,
        longest,
        100,
        100,
        Bytes.of((byte) 4),
        Bytes.of((byte) 5),
        1_000);
  }

  private static PriceList list(long free, Bytes endpoint, Bytes peerId, long expiry) {
    PriceList l = list();
    return new PriceList(
        l.storage(),
        l.ingress(),
        l.egress(),
        l.collateral(),
        1,
        10,
        100,
        free,
        endpoint,
        peerId,
        expiry);
  }

  private static Row posting(PriceList prices) {
    return (chain, _) -> {
      chain.ok("provider", new StorageCall.PostPrices(list()));
      return chain.refusal("provider", new StorageCall.PostPrices(prices));
    };
  }

  private static void prices() {
    Bytes some = Bytes.of((byte) 4);
    ROWS.put(StorageRule.PRICE_MULTIPLE, posting(list(21, 60, 1, 10)));
    ROWS.put(StorageRule.COLLATERAL_MULTIPLE, posting(list(20, 80, 1, 10)));
    ROWS.put(StorageRule.TERM_RANGE, posting(list(20, 60, 3, 2)));
    ROWS.put(StorageRule.FREE_SPACE, posting(list(101, some, some, 1_000)));
    ROWS.put(StorageRule.ENDPOINT_SIZE, posting(list(100, Bytes.wrap(new byte[129]), some, 1_000)));
    ROWS.put(StorageRule.PEER_ID_SIZE, posting(list(100, some, Bytes.wrap(new byte[65]), 1_000)));
    ROWS.put(StorageRule.PRICES_EXPIRED, posting(list(100, some, some, 0)));
  }

  private static void funds() {
    ROWS.put(
        StorageRule.AMOUNT_ZERO,
        (chain, _) -> chain.refusal("provider", new StorageCall.Deposit()));
    ROWS.put(
        StorageRule.FUNDS_TOO_LOW,
        (chain, market) -> {
          market.deposit("provider", Amount.of(1_000));
          return chain.refusal("provider", new StorageCall.Withdraw(Amount.of(1_001)));
        });
  }

  /// Changes valid terms.
  private interface Corruption {
    StorageTerms apply(StorageTerms t);
  }

  private static StorageTerms terms(Market market) {
    return market.terms("renter", "provider", 2, 20_000, 60_000, 10);
  }

  private static Row badTerms(Corruption corruption) {
    return (chain, market) -> {
      market.deposit("provider", Amount.of(1_000_000));
      StorageTerms good = terms(market);
      chain.ok("renter", good.escrow(), Market.form(good, "renter", "provider"));
      StorageTerms bad = corruption.apply(terms(market));
      Amount value = bad.windows() > 0 ? bad.escrow() : Amount.ZERO;
      return chain.refusal("renter", value, Market.form(bad, "renter", "provider").encode());
    };
  }

  private static StorageTerms with(
      StorageTerms t, long sectors, long price, long collateral, long start, long end) {
    return new StorageTerms(
        t.renter(),
        t.provider(),
        sectors,
        Amount.of(price),
        Amount.of(collateral),
        start,
        end,
        t.nonce(),
        t.expiryHeight());
  }

  private static void forming() {
    ROWS.put(
        StorageRule.SENDER_NOT_RENTER,
        (chain, market) -> {
          StorageTerms terms = terms(market);
          return chain.refusal(
              "other", terms.escrow(), Market.form(terms, "renter", "provider").encode());
        });
    ROWS.put(StorageRule.SECTORS_RANGE, badTerms(t -> with(t, 0, 20, 60, 0, 5)));
    ROWS.put(StorageRule.TERM_LENGTH, badTerms(t -> with(t, 2, 20, 60, 0, 0)));
    ROWS.put(StorageRule.START_WINDOW, badTerms(t -> with(t, 2, 20, 60, 2, 5)));
    ROWS.put(
        StorageRule.TERMS_EXPIRED,
        badTerms(
            t ->
                new StorageTerms(
                    t.renter(), t.provider(), 2, t.price(), t.collateral(), 0, 5, 9, 0)));
    ROWS.put(
        StorageRule.TERMS_USED,
        (chain, market) -> {
          market.deposit("provider", Amount.of(1_000_000));
          Deal deal = market.form("renter", "provider", 2, 20_000, 60_000, 10);
          return chain.refusal(
              "renter",
              deal.terms().escrow(),
              Market.form(deal.terms(), "renter", "provider").encode());
        });
    ROWS.put(
        StorageRule.RENTER_SIGNATURE,
        (chain, market) -> {
          StorageTerms terms = terms(market);
          return chain.refusal(
              "renter", terms.escrow(), Market.form(terms, "other", "provider").encode());
        });
    ROWS.put(
        StorageRule.PROVIDER_SIGNATURE,
        (chain, market) -> {
          StorageTerms terms = terms(market);
          return chain.refusal(
              "renter", terms.escrow(), Market.form(terms, "renter", "other").encode());
        });
    ROWS.put(
        StorageRule.ESCROW_AMOUNT,
        (chain, market) -> {
          StorageTerms terms = terms(market);
          return chain.refusal(
              "renter",
              terms.escrow().plus(Amount.ONE),
              Market.form(terms, "renter", "provider").encode());
        });
    ROWS.put(
        StorageRule.COLLATERAL_SHORT,
        (chain, market) -> {
          market.deposit("provider", Amount.of(119_999));
          StorageTerms terms = terms(market);
          return chain.refusal(
              "renter", terms.escrow(), Market.form(terms, "renter", "provider").encode());
        });
    ROWS.put(
        StorageRule.ENDS_FULL,
        (chain, market) -> {
          market.deposit("provider", Amount.of(1_000_000));
          for (int i = 0; i < 64; i++) {
            market.form("renter", "provider", 1, 20, 60, 10);
          }
          StorageTerms terms = market.terms("renter", "provider", 1, 20, 60, 10);
          return chain.refusal(
              "renter", terms.escrow(), Market.form(terms, "renter", "provider").encode());
        });
  }

  private static Deal stored(MiniChain chain, Market market) {
    market.deposit("provider", Amount.of(1_000_000));
    Deal deal = market.store("renter", "provider", CONTENT, 20_000, 60_000, 30);
    chain.nextWindow();
    return deal;
  }

  private static Row badRevision(long number, Hash root, long sectors) {
    return (chain, market) -> {
      Deal deal = stored(chain, market);
      return chain.refusal(
          "other", market.revision(deal, new StorageRevision(deal.id(), number, root, sectors)));
    };
  }

  private static void revising() {
    Hash root = CONTENT.root();
    ROWS.put(
        StorageRule.UNKNOWN_CONTRACT,
        (chain, market) -> {
          Deal deal = stored(chain, market);
          return chain.refusal(
              "other", market.revision(deal, new StorageRevision(root, 2, root, 1)));
        });
    ROWS.put(
        StorageRule.CONTRACT_ENDED,
        (chain, market) -> {
          Deal deal = stored(chain, market);
          chain.ok("renter", new StorageCall.End(deal.id()));
          return chain.refusal(
              "other", market.revision(deal, new StorageRevision(deal.id(), 2, root, 1)));
        });
    ROWS.put(StorageRule.REVISION_OLD, badRevision(1, root, 1));
    ROWS.put(StorageRule.TOO_MANY_SECTORS, badRevision(2, root, 3));
    ROWS.put(StorageRule.ROOT_WITHOUT_SECTORS, badRevision(2, root, 0));
  }

  /// Turns a valid proof into the input of a corrupted call.
  private interface Forgery {
    StorageCall.Prove apply(long window, StorageProof proof);
  }

  private static Row badProof(Forgery forgery) {
    return (chain, market) -> {
      market.deposit("provider", Amount.of(1_000_000));
      market.store("renter", "provider", CONTENT, 20_000, 60_000, 30);
      market.store("renter", "provider", Content.of(2, 2), 20_000, 60_000, 30);
      chain.nextWindow();
      StorageProof proof = market.proof("provider", _ -> true);
      return chain.refusal("provider", forgery.apply(chain.window().index(), proof));
    };
  }

  private static StorageCall.Prove proving(long window, List<StorageProof.Answer> answers) {
    return new StorageCall.Prove(window, new StorageProof(answers).encode());
  }

  private static void proving() {
    ROWS.put(
        StorageRule.WINDOW_NOT_OPEN,
        badProof((window, proof) -> proving(window - 1, proof.answers())));
    ROWS.put(
        StorageRule.ALREADY_PROVEN,
        (chain, market) -> {
          stored(chain, market);
          StorageCall.Prove call = market.proveCall(market.proof("provider", _ -> true));
          chain.ok("provider", call);
          return chain.refusal("provider", call);
        });
    ROWS.put(
        StorageRule.NOTHING_DUE,
        (chain, market) -> {
          market.deposit("provider", Amount.of(1_000_000));
          market.store("renter", "provider", CONTENT, 20_000, 60_000, 30);
          return chain.refusal("provider", new StorageCall.Prove(0, Bytes.of((byte) 0xc0)));
        });
    ROWS.put(StorageRule.PROOF_MALFORMED, badProof((window, proof) -> proving(window, List.of())));
    ROWS.put(
        StorageRule.PROOF_ORDER,
        badProof((window, proof) -> proving(window, proof.answers().reversed())));
    ROWS.put(
        StorageRule.CONTRACT_NOT_DRAWN,
        badProof(
            (window, proof) -> {
              StorageProof.Answer a = proof.answers().getFirst();
              Hash other = Sha256.hash(Bytes.of((byte) 1));
              return proving(
                  window,
                  List.of(new StorageProof.Answer(other, a.indices(), a.leaves(), a.siblings())));
            }));
    ROWS.put(
        StorageRule.LEAF_NOT_DRAWN,
        badProof(
            (window, proof) -> {
              StorageProof.Answer a = proof.answers().getFirst();
              List<Long> indices = new ArrayList<>(a.indices());
              indices.set(0, indices.getFirst() ^ 1);
              return proving(
                  window,
                  List.of(
                      new StorageProof.Answer(a.contractId(), indices, a.leaves(), a.siblings())));
            }));
    ROWS.put(
        StorageRule.PROOF_WRONG,
        badProof(
            (window, proof) -> {
              StorageProof.Answer a = proof.answers().getFirst();
              byte[] leaves = a.leaves().toArray();
              leaves[100] ^= 1;
              return proving(
                  window,
                  List.of(
                      new StorageProof.Answer(
                          a.contractId(), a.indices(), Bytes.wrap(leaves), a.siblings())));
            }));
  }

  private static void settling() {
    ROWS.put(
        StorageRule.UNKNOWN_PROVIDER,
        (chain, _) -> chain.refusal("other", new StorageCall.Settle(MiniChain.address("other"))));
    ROWS.put(
        StorageRule.SETTLE_FIRST,
        (chain, market) -> {
          market.deposit("provider", Amount.of(1_000_000));
          market.form("renter", "provider", 2, 20_000, 60_000, 200);
          chain.nextWindows(65);
          return chain.refusal("provider", new StorageCall.Withdraw(Amount.ONE));
        });
    ROWS.put(
        StorageRule.NOTHING_TO_SETTLE,
        (chain, market) -> {
          stored(chain, market);
          market.settle("other", "provider");
          return chain.refusal("other", new StorageCall.Settle(MiniChain.address("provider")));
        });
  }

  private static void ending() {
    ROWS.put(
        StorageRule.NOT_A_PARTY,
        (chain, market) -> chain.refusal("other", new StorageCall.End(stored(chain, market).id())));
    ROWS.put(
        StorageRule.NOT_IDLE,
        (chain, market) ->
            chain.refusal("provider", new StorageCall.End(stored(chain, market).id())));
    ROWS.put(
        StorageRule.ALREADY_ENDING,
        (chain, market) -> {
          Deal deal = stored(chain, market);
          chain.ok("renter", new StorageCall.End(deal.id()));
          return chain.refusal("renter", new StorageCall.End(deal.id()));
        });
  }

  private static void views() {
    ROWS.put(
        StorageRule.PAGE_SIZE,
        (chain, _) -> chain.refusal("other", new StorageCall.Providers(0, 101)));
    ROWS.put(
        StorageRule.UNKNOWN_WINDOW,
        (chain, _) -> chain.refusal("other", new StorageCall.WindowAt(1)));
  }

  @Test
  void everyRuleHasARow() {
    assertEquals(EnumSet.allOf(StorageRule.class), ROWS.keySet());
  }

  @TestFactory
  Stream<DynamicTest> eachRuleIsNamedWhenItAloneIsBroken() {
    return ROWS.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey().name(),
                    () -> {
                      MiniChain chain = MiniChain.start("renter", "provider", "other");
                      assertEquals(
                          row.getKey().code(), row.getValue().code(chain, new Market(chain)));
                      chain.checkBooks();
                    }));
  }

  @Test
  void codesAreDistinct() {
    assertEquals(
        StorageRule.values().length,
        Stream.of(StorageRule.values()).map(StorageRule::code).distinct().count());
  }
}
