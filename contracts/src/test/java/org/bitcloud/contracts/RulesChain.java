package org.bitcloud.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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

/// A chain of blocks in memory and virtual time, without consensus, for one corporation: blocks
/// begin, transactions run, and after every block the books must balance.
public abstract class RulesChain implements MutableState {
  public static final long CHAIN_ID = 201_403;
  public static final Hash GENESIS = Sha256.hash(Bytes.ofUtf8("genesis"));
  private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();
  private static final Amount BASE_FEE = Amount.of(1_000_000_000);
  private static final long START = 1_000_000;
  private static final long BLOCK_GAS = 30_000_000_000L;

  public final Rules rules;
  private final Address corporation;
  private final Map<String, Map<String, String>> genesis;
  private final long gasLimit;
  private final Map<Bytes, Bytes> state = new HashMap<>();
  private BlockContext block =
      new BlockContext(CHAIN_ID, GENESIS, 0, START, Address.ZERO, BASE_FEE, Hash.ZERO, START);
  private long gasUsed;

  /// Whether the slow checks are made.
  public boolean checks = true;

  /// A chain that [#begin] founds, with a genesis that names one corporation.
  ///
  /// @param corporation where calls go
  /// @param gasLimit of each transaction
  protected RulesChain(
      Address corporation, Map<String, Map<String, String>> genesis, long gasLimit) {
    this.corporation = corporation;
    this.genesis = genesis;
    this.gasLimit = gasLimit;
    try {
      rules = Rules.of(CHAIN_ID, FeeSchedule.DEFAULT, Corporations.load(genesis));
    } catch (GenesisException e) {
      throw new AssertionError(e);
    }
  }

  /// Writes the first state, with rich accounts of the given names, and begins the first block.
  protected void begin(Amount wealth, long millis, String... rich) {
    Map<Address, Amount> allocations = new HashMap<>();
    for (String name : rich) {
      allocations.put(address(name), wealth);
    }
    try {
      rules.genesis(this, new GenesisSpec(GENESIS, START, allocations, genesis));
    } catch (GenesisException e) {
      throw new AssertionError(e);
    }
    nextBlock(millis);
  }

  public static KeyPair key(String name) {
    return KEYS.computeIfAbsent(name, n -> KeyPair.of(Sha256.hash(Bytes.ofUtf8(n)).bytes()));
  }

  public static Address address(String name) {
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
  public Map<Bytes, Bytes> entries() {
    return new TreeMap<>(state);
  }

  public BlockContext block() {
    return block;
  }

  public Amount balance(Address address) {
    return Account.of(this, address).balance();
  }

  /// Ends the block at hand and begins the next one so much later.
  public void nextBlock(long millis) {
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

  /// Runs a transaction in the block at hand.
  public TransactionResult send(String from, Amount value, Bytes input) {
    KeyPair key = key(from);
    SignedTransaction tx =
        SignedTransaction.sign(
            new DynamicFeeTransaction(
                CHAIN_ID,
                Account.of(this, key.address()).nonce(),
                Amount.of(7),
                BASE_FEE.times(2),
                gasLimit,
                corporation,
                value,
                input),
            key);
    Outcome outcome = rules.apply(this, block, tx, BLOCK_GAS - gasUsed, key.address());
    if (outcome instanceof Outcome.Applied applied) {
      gasUsed += applied.result().gasUsed();
      return applied.result();
    }
    throw new AssertionError(outcome.toString());
  }

  /// Runs a transaction that must succeed.
  protected TransactionResult succeed(String from, Amount value, Bytes input, Object call) {
    TransactionResult result = send(from, value, input);
    assertTrue(result.success(), () -> call.getClass().getSimpleName() + ": " + reason(result));
    return result;
  }

  /// The reason of a failed transaction.
  public static String reason(TransactionResult result) {
    Bytes output = result.output();
    if (output.size() < 68) {
      return "out of gas";
    }
    int size = output.unsigned(67) + 256 * output.unsigned(66);
    return new String(output.slice(68, size).toArray(), StandardCharsets.UTF_8);
  }

  /// The code of the rule that a call breaks; nothing but its fee may remain of it.
  public String refusal(String from, Amount value, Bytes input) {
    Map<Bytes, Bytes> before = new HashMap<>(state);
    TransactionResult result = send(from, value, input);
    assertTrue(!result.success(), "call was expected to be refused");
    assertEquals(List.of(), result.logs());
    assertOnlyFeesChanged(before, from);
    return reason(result).split(" ", 2)[0];
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

  /// Asks a question, which must leave no traces.
  protected CallResult ask(Bytes input, long gas) {
    Map<Bytes, Bytes> before = checks ? new HashMap<>(state) : Map.of();
    CallResult result = rules.call(this, block, Address.ZERO, corporation, Amount.ZERO, input, gas);
    if (checks) {
      assertEquals(before, state, "a view left traces");
    }
    return result;
  }

  /// Reads a view's result.
  public interface Decoder<T> {
    T decode(Bytes output) throws MalformedException;
  }

  protected static <T> T decoded(CallResult result, Decoder<T> decoder) {
    assertTrue(result.success(), result.message());
    assertEquals(List.of(), result.logs());
    try {
      return decoder.decode(result.output());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /// What the corporation owes to others by one of its own entries, without its address.
  protected Amount owed(Bytes key, Bytes value) throws MalformedException {
    return Amount.ZERO;
  }

  /// Checks that no drop appeared or vanished, and that the corporation owns what it owes.
  public void checkBooks() {
    Amount balances = Amount.ZERO;
    Amount owed = Amount.ZERO;
    for (Map.Entry<Bytes, Bytes> entry : state.entrySet()) {
      Bytes key = entry.getKey();
      try {
        if (key.get(0) == StateKeys.ACCOUNT) {
          balances = balances.plus(Account.decode(entry.getValue()).balance());
        } else if (key.get(0) == StateKeys.ENTRY) {
          owed = owed.plus(owed(key.slice(1 + Address.SIZE), entry.getValue()));
        }
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    }
    Supply supply = rules.supply(this);
    assertEquals(
        supply.genesis().plus(supply.minted()), balances.plus(supply.burned()), "conservation");
    assertEquals(owed, balance(corporation), "the corporation's balance is its sub-ledger");
  }
}
