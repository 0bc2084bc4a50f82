package org.bitcloud.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.contracts.Corporations;
import org.bitcloud.contracts.Rules;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageEvent;
import org.bitcloud.contracts.storage.StorageResults;
import org.bitcloud.contracts.storage.StorageRevision;
import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.tx.Eip712;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.MemoryStore;
import org.junit.jupiter.api.Test;

/// The real Storage corporation on a real chain: a provider takes a contract and never proves.
class StorageChainTest {
  private static final int RENTER = 0;
  private static final int PROVIDER = 1;
  private static final long GAS = 1_900_000;

  private final Genesis genesis = genesis();
  private final Chain chain = open();
  private final Eip712.Domain domain =
      StorageAbi.domain(TestNetwork.CHAIN_ID, genesis.genesisHash());
  private final long[] nonces = new long[TestNetwork.USERS];

  private static Genesis genesis() {
    Genesis base = TestNetwork.genesis(TestNetwork.START_MILLIS);
    SortedMap<String, SortedMap<String, String>> corporations = new TreeMap<>();
    corporations.put("storage", new TreeMap<>(Map.of("windowMillis", "20000")));
    return new Genesis(
        base.chainId(),
        base.engineId(),
        base.engineParameters(),
        base.allocations(),
        corporations,
        base.feeSchedule(),
        base.gasLimit(),
        base.initialBaseFee(),
        base.timeMillis(),
        base.validators());
  }

  private Chain open() {
    try {
      Rules rules =
          Rules.of(
              TestNetwork.CHAIN_ID,
              genesis.feeSchedule(),
              Corporations.load(genesis.corporations()));
      return Chain.open(
          MemoryStore.open(Chain.columns()), genesis, rules, HeaderRules.NONE, Runnable::run);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @CanIgnoreReturnValue
  private List<Receipt> append(SignedTransaction... transactions) {
    Block block = TestNetwork.build(chain, chain.head(), 4_000, transactions);
    TestNetwork.accept(chain.execute(block, TestNetwork.now(block)));
    chain.decide(Commit.finalize(block.hash()));
    try (StateView view = chain.latestState()) {
      assertTrue(StateAudit.audit(view).balanced(), "at height " + chain.head().height());
    }
    return chain.receipts(block.hash()).orElseThrow();
  }

  private SignedTransaction call(int from, StorageCall call, Amount value) {
    return TestNetwork.sign(
        from, nonces[from]++, StorageAbi.ADDRESS, value, call.encode(), GAS / 4);
  }

  private Bytes ask(StorageCall view) {
    try (StateView state = chain.latestState()) {
      var result =
          chain
              .rules()
              .call(
                  state::get,
                  chain.pendingContext(chain.head().timeMillis() + 1, Address.ZERO),
                  Address.ZERO,
                  StorageAbi.ADDRESS,
                  Amount.ZERO,
                  view.encode(),
                  GAS);
      assertTrue(result.success(), result.message());
      return result.output();
    }
  }

  private Bytes signature(int user, Hash digest) {
    return TestNetwork.key(user).sign(digest).toBytes65();
  }

  @Test
  void conservesCoinsWhileAProviderFailsAndIsEnded() throws Exception {
    StorageTerms terms =
        new StorageTerms(
            TestNetwork.user(RENTER),
            TestNetwork.user(PROVIDER),
            4,
            Amount.of(2_000_000),
            Amount.of(60_000_000),
            0,
            30,
            1,
            1_000);
    Hash id = terms.digest(domain);
    append();
    assertSuccess(
        append(call(PROVIDER, new StorageCall.Deposit(), terms.totalCollateral())).getFirst());
    assertSuccess(
        append(
                call(
                    RENTER,
                    new StorageCall.Form(terms, signature(RENTER, id), signature(PROVIDER, id)),
                    terms.escrow()))
            .getFirst());
    StorageRevision revision =
        new StorageRevision(id, 1, Sha256.hash(Bytes.ofUtf8("a lost sector")), 1);
    Hash digest = revision.digest(domain);
    assertSuccess(
        append(
                call(
                    RENTER,
                    new StorageCall.Revise(
                        revision, signature(RENTER, digest), signature(PROVIDER, digest)),
                    Amount.ZERO))
            .getFirst());
    WindowStatus before = StorageResults.window(ask(new StorageCall.Window()));
    for (int i = 0; i < 30; i++) {
      assertEquals(List.of(), append());
    }
    WindowStatus after = StorageResults.window(ask(new StorageCall.Window()));
    assertTrue(after.index() >= before.index() + 5, "windows open as blocks come");
    assertNotEquals(before.beacon(), after.beacon());
    assertEquals(after.beacon(), chain.head().beacon());

    List<StorageEvent> events = new ArrayList<>();
    Receipt settled =
        append(call(RENTER, new StorageCall.Settle(terms.provider()), Amount.ZERO)).getFirst();
    assertSuccess(settled);
    for (var log : settled.logs()) {
      StorageEvent.decode(log).ifPresent(events::add);
    }
    assertTrue(
        events.stream().anyMatch(StorageEvent.ProviderEnded.class::isInstance),
        "three missed windows end a provider: " + events);
    assertSuccess(append(call(RENTER, new StorageCall.End(id), Amount.ZERO)).getFirst());
    VerifyReport report =
        ChainVerifier.verify(chain, HeaderRules.NONE, Runnable::run, VerifyProgress.NONE);
    assertTrue(report.totals().balanced());
  }

  private static void assertSuccess(Receipt receipt) {
    assertTrue(receipt.success(), () -> "reverted: " + receipt.output());
  }
}
