package org.bitcloud.chain;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.GenesisAllocation;
import org.bitcloud.chain.block.GenesisValidator;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.contracts.Rules;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.MemoryStore;

/// A network of one node, ten users and the [Bulletin], for tests: makes transactions and blocks.
public final class TestNetwork {
  public static final long CHAIN_ID = 201_403;
  public static final long GAS_LIMIT = 2_000_000;
  public static final long START_MILLIS = 1_700_000_000_000L;
  public static final Amount GIGA = Amount.of(1_000_000_000L);
  public static final int USERS = 10;
  public static final Bytes NO_SEAL_DATA = Bytes.of((byte) 0xc0);

  private static final Map<Integer, KeyPair> KEYS = new HashMap<>();

  public final Genesis genesis = genesis(START_MILLIS);
  public final Rules rules;
  public final KeyValueStore store;
  public final Chain chain;

  private TestNetwork(KeyValueStore store, HeaderRules headerRules, Rules rules) {
    this.store = store;
    this.rules = rules;
    this.chain = Chain.open(store, genesis, rules, headerRules, Runnable::run);
  }

  public static TestNetwork open() {
    return open(MemoryStore.open(Chain.columns()));
  }

  public static TestNetwork open(KeyValueStore store) {
    return new TestNetwork(store, HeaderRules.NONE, rules());
  }

  public static TestNetwork open(KeyValueStore store, HeaderRules headerRules) {
    return new TestNetwork(store, headerRules, rules());
  }

  /// A network that takes attestations from a height on.
  public static TestNetwork metered(long fromHeight, HeaderRules headerRules) {
    Rules metered =
        Rules.of(CHAIN_ID, FeeSchedule.DEFAULT, List.of(new Bulletin(), new Meter(fromHeight)));
    return new TestNetwork(MemoryStore.open(Chain.columns()), headerRules, metered);
  }

  public static Rules rules() {
    return Rules.of(CHAIN_ID, FeeSchedule.DEFAULT, List.of(new Bulletin()));
  }

  public static Genesis genesis(long timeMillis) {
    List<GenesisAllocation> allocations = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      allocations.add(new GenesisAllocation(user(i), Amount.CLOUDCOIN.times(1_000)));
    }
    SortedMap<String, SortedMap<String, String>> corporations = new TreeMap<>();
    corporations.put("bulletin", new TreeMap<>(Map.of("motto", "hello")));
    return new Genesis(
        CHAIN_ID,
        "dev",
        new TreeMap<>(Map.of("blockMillis", "0", "windowMillis", "20000")),
        allocations,
        corporations,
        FeeSchedule.DEFAULT,
        GAS_LIMIT,
        GIGA,
        timeMillis,
        List.of(new GenesisValidator(GenesisValidator.SECP256K1, key(100).publicKey(), 1)));
  }

  public static KeyPair key(int index) {
    return KEYS.computeIfAbsent(
        index,
        i -> {
          byte[] secret = new byte[32];
          secret[30] = (byte) ((i + 1) >>> 8);
          secret[31] = (byte) (i + 1);
          return KeyPair.of(Bytes.wrap(secret));
        });
  }

  public static Address user(int index) {
    return key(index).address();
  }

  /// A transfer of one drop more than the nonce, so that hashes differ.
  public static SignedTransaction transfer(int from, long nonce, int to) {
    return sign(from, nonce, user(to), Amount.of(nonce + 1), Bytes.EMPTY, 21_000);
  }

  public static SignedTransaction note(int from, long nonce, String note, Amount burned) {
    return sign(from, nonce, Bulletin.ADDRESS, burned, Bytes.ofUtf8(note), 100_000);
  }

  public static SignedTransaction sign(
      int from, long nonce, Address to, Amount value, Bytes input, long gasLimit) {
    return SignedTransaction.sign(
        new DynamicFeeTransaction(CHAIN_ID, nonce, GIGA, GIGA.times(3), gasLimit, to, value, input),
        key(from));
  }

  public static TransactionSource source(List<SignedTransaction> transactions) {
    Iterator<SignedTransaction> rest = transactions.iterator();
    return () -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
  }

  /// Builds a block on any parent, a second later, without executing it by its hash.
  public Block build(BlockHeader parent, SignedTransaction... transactions) {
    return build(chain, parent, 1_000, transactions);
  }

  public static Block build(
      Chain chain, BlockHeader parent, long afterMillis, SignedTransaction... transactions) {
    BuildRequest request =
        BuildRequest.on(parent, parent.timeMillis() + afterMillis, user(99), NO_SEAL_DATA);
    UnsealedBlock built = chain.build(request, source(List.of(transactions)));
    if (built.body().transactions().size() != transactions.length) {
      throw new AssertionError("a transaction was refused");
    }
    return built.seal(Bytes.EMPTY);
  }

  /// Builds on the head, executes and decides.
  @CanIgnoreReturnValue
  public Block append(SignedTransaction... transactions) {
    Block block = build(chain.head(), transactions);
    accept(chain.execute(block, now(block)));
    chain.decide(Commit.finalize(block.hash()));
    return block;
  }

  public static void accept(Verdict verdict) {
    if (!verdict.isAccepted()) {
      throw new AssertionError(verdict.toString());
    }
  }

  public static Instant now(Block block) {
    return Instant.ofEpochMilli(block.header().timeMillis());
  }

  public Amount balance(int user) {
    return chain.account(user(user)).balance();
  }

  public StateAudit.Totals audit() {
    try (StateView view = chain.latestState()) {
      return StateAudit.audit(view);
    }
  }

  public Hash stateRoot() {
    return chain.head().roots().state();
  }
}
