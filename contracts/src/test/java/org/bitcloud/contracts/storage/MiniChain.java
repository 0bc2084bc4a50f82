package org.bitcloud.contracts.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.bitcloud.contracts.Account;
import org.bitcloud.contracts.BlockContext;
import org.bitcloud.contracts.CallResult;
import org.bitcloud.contracts.Corporations;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.contracts.GenesisSpec;
import org.bitcloud.contracts.MutableState;
import org.bitcloud.contracts.Outcome;
import org.bitcloud.contracts.Rules;
import org.bitcloud.contracts.StateKeys;
import org.bitcloud.contracts.Supply;
import org.bitcloud.contracts.TransactionResult;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.jspecify.annotations.Nullable;

/// A chain of blocks in memory and virtual time, without consensus: blocks begin, transactions run,
/// and after every block the books must balance.
final class MiniChain implements MutableState {
  static final long CHAIN_ID = 201_403;
  static final long WINDOW_MILLIS = 8_000;
  static final long BLOCK_MILLIS = 1_000;
  static final Amount WEALTH = Amount.CLOUDCOIN.times(1_000_000);
  static final Hash GENESIS = Sha256.hash(Bytes.ofUtf8("genesis"));
  private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();
  private static final Amount BASE_FEE = Amount.of(1_000_000_000);
  private static final long GAS_LIMIT = 20_000_000;

  final Rules rules;
  private final Map<Bytes, Bytes> state = new HashMap<>();
  private BlockContext block;
  private long gasUsed;
  boolean checks = true;

  private MiniChain(Rules rules) {
    this.rules = rules;
    this.block =
        new BlockContext(
            CHAIN_ID, GENESIS, 0, 1_000_000, Address.ZERO, BASE_FEE, Hash.ZERO, 1_000_000);
  }

  /// A chain in its first block, with rich accounts of the given names.
  static MiniChain start(String... rich) {
    return start(Map.of("windowMillis", Long.toString(WINDOW_MILLIS)), rich);
  }

  static MiniChain start(Map<String, String> parameters, String... rich) {
    try {
      MiniChain chain =
          new MiniChain(
              Rules.of(CHAIN_ID, FeeSchedule.DEFAULT, Corporations.load(List.of("storage"))));
      Map<Address, Amount> allocations = new HashMap<>();
      for (String name : rich) {
        allocations.put(key(name).address(), WEALTH);
      }
      chain.rules.genesis(
          chain, new GenesisSpec(GENESIS, 1_000_000, allocations, Map.of("storage", parameters)));
      chain.nextBlock(BLOCK_MILLIS);
      return chain;
    } catch (GenesisException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair key(String name) {
    return KEYS.computeIfAbsent(name, n -> KeyPair.of(Sha256.hash(Bytes.ofUtf8(n)).bytes()));
  }

  static Address address(String name) {
    return key(name).address();
  }

  @Override
  public @Nullable Bytes get(Bytes key) {
    return state.get(key);
  }

  @Override
  public void put(Bytes key, Bytes value) {
    state.put(key, value);
  }

  @Override
  public void delete(Bytes key) {
    state.remove(key);
  }

  /// Every entry of the state, in order.
  Map<Bytes, Bytes> entries() {
    return new TreeMap<>(state);
  }

  BlockContext block() {
    return block;
  }

  Amount balance(Address address) {
    return Account.of(this, address).balance();
  }

  /// Ends the block at hand and begins the next one so much later.
  void nextBlock(long millis) {
    if (checks) {
      checkBooks();
    }
    block =
        new BlockContext(
            CHAIN_ID,
            GENESIS,
            block.height() + 1,
            block.timeMillis() + millis,
            address("proposer"),
            BASE_FEE,
            Sha256.hash(Bytes.ofUtf8("block " + block.height())),
            block.timeMillis());
    gasUsed = 0;
    rules.beginBlock(this, block);
  }

  void nextBlock() {
    nextBlock(BLOCK_MILLIS);
  }

  /// Runs blocks until the next window is open; the one before is valid.
  void nextWindow() {
    long index = window().index();
    while (window().index() == index) {
      nextBlock();
    }
  }

  void nextWindows(int count) {
    for (int i = 0; i < count; i++) {
      nextWindow();
    }
  }

  /// Lets so many window lengths pass without a block; the open window becomes void.
  void sleep(int windows) {
    nextBlock(windows * WINDOW_MILLIS);
  }

  /// Runs a transaction in the block at hand.
  TransactionResult send(String from, Amount value, Bytes input) {
    KeyPair key = key(from);
    Account account = Account.of(this, key.address());
    SignedTransaction tx =
        SignedTransaction.sign(
            new DynamicFeeTransaction(
                CHAIN_ID,
                account.nonce(),
                Amount.of(7),
                BASE_FEE.times(2),
                GAS_LIMIT,
                StorageAbi.ADDRESS,
                value,
                input),
            key);
    Outcome outcome = rules.apply(this, block, tx, 30_000_000_000L - gasUsed, key.address());
    if (outcome instanceof Outcome.Applied applied) {
      gasUsed += applied.result().gasUsed();
      return applied.result();
    }
    throw new AssertionError(outcome.toString());
  }

  /// Runs a call that must succeed.
  TransactionResult ok(String from, Amount value, StorageCall call) {
    TransactionResult result = send(from, value, call.encode());
    assertTrue(result.success(), () -> call.getClass().getSimpleName() + ": " + reason(result));
    return result;
  }

  TransactionResult ok(String from, StorageCall call) {
    return ok(from, Amount.ZERO, call);
  }

  /// The reason of a failed transaction.
  static String reason(TransactionResult result) {
    Bytes output = result.output();
    if (output.size() < 68) {
      return "out of gas";
    }
    int size = output.unsigned(67) + 256 * output.unsigned(66);
    return new String(output.slice(68, size).toArray(), StandardCharsets.UTF_8);
  }

  /// The code of the rule that a call breaks.
  String refusal(String from, Amount value, Bytes input) {
    Map<Bytes, Bytes> before = new HashMap<>(state);
    TransactionResult result = send(from, value, input);
    assertTrue(!result.success(), "call was expected to be refused");
    assertEquals(List.of(), result.logs());
    assertOnlyFeesChanged(before, from);
    return reason(result).split(" ", 2)[0];
  }

  String refusal(String from, StorageCall call) {
    return refusal(from, Amount.ZERO, call.encode());
  }

  private void assertOnlyFeesChanged(Map<Bytes, Bytes> before, String sender) {
    Map<Bytes, Bytes> after = new HashMap<>(state);
    for (Address payer : List.of(address(sender), address("proposer"))) {
      before.remove(StateKeys.account(payer));
      after.remove(StateKeys.account(payer));
    }
    before.remove(StateKeys.SUPPLY);
    after.remove(StateKeys.SUPPLY);
    assertEquals(before, after, "a refused call left traces");
  }

  /// Reads a view's result.
  interface Decoder<T> {
    T decode(Bytes output) throws MalformedException;
  }

  <T> T view(StorageCall call, Decoder<T> decoder) {
    Map<Bytes, Bytes> before = checks ? new HashMap<>(state) : Map.of();
    CallResult result =
        rules.call(
            this, block, Address.ZERO, StorageAbi.ADDRESS, Amount.ZERO, call.encode(), 1L << 40);
    assertTrue(result.success(), result.message());
    assertEquals(List.of(), result.logs());
    if (checks) {
      assertEquals(before, state, "a view left traces");
    }
    try {
      return decoder.decode(result.output());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  WindowStatus window() {
    Bytes stored = state.get(StateKeys.entry(StorageAbi.ADDRESS, Keys.CLOCK));
    try {
      return WindowClock.decode(Objects.requireNonNull(stored)).status(WINDOW_MILLIS, false);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  ProviderStatus provider(String name) {
    return view(new StorageCall.Provider(address(name)), StorageResults::provider);
  }

  ContractStatus contract(Hash id) {
    return view(new StorageCall.Contract(id), StorageResults::contract);
  }

  Challenge challenge(String provider) {
    return view(new StorageCall.ChallengeOf(address(provider)), StorageResults::challenge);
  }

  /// Checks that no drop appeared or vanished, and that the corporation owns what it owes.
  void checkBooks() {
    Amount balances = Amount.ZERO;
    Amount owed = Amount.ZERO;
    for (Map.Entry<Bytes, Bytes> entry : state.entrySet()) {
      try {
        balances = balances.plus(balance(entry));
        owed = owed.plus(owed(entry));
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    }
    Supply supply = rules.supply(this);
    assertEquals(
        supply.genesis().plus(supply.minted()), balances.plus(supply.burned()), "conservation");
    assertEquals(owed, balance(StorageAbi.ADDRESS), "the corporation's balance is its sub-ledger");
  }

  private static Amount balance(Map.Entry<Bytes, Bytes> entry) throws MalformedException {
    return entry.getKey().get(0) == StateKeys.ACCOUNT
        ? Account.decode(entry.getValue()).balance()
        : Amount.ZERO;
  }

  private static Amount owed(Map.Entry<Bytes, Bytes> entry) throws MalformedException {
    if (entry.getKey().get(0) != StateKeys.ENTRY) {
      return Amount.ZERO;
    }
    int kind = entry.getKey().get(1 + Address.SIZE);
    if (kind == 'p') {
      ProviderState provider = ProviderState.decode(Address.ZERO, entry.getValue());
      return provider.funds.plus(provider.locked).plus(provider.escrow);
    }
    return kind == 'g' ? EndedGeneration.decode(entry.getValue()).escrow() : Amount.ZERO;
  }
}
