package org.bitcloud.contracts.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.bitcloud.contracts.Account;
import org.bitcloud.contracts.BlockContext;
import org.bitcloud.contracts.CallResult;
import org.bitcloud.contracts.Corporations;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.contracts.GenesisSpec;
import org.bitcloud.contracts.Log;
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

/// A chain of blocks in memory and virtual time with the Naming corporation alone; after every
/// block the books must balance.
final class NameChain implements MutableState {
  static final long CHAIN_ID = 201_403;
  static final long YEAR = 1_000_000;
  static final long GRACE = 200_000;
  static final long AGE = 2_000;
  static final long LIFE = 60_000;
  static final Map<String, String> PARAMETERS =
      Map.of(
          "yearMillis", Long.toString(YEAR),
          "graceMillis", Long.toString(GRACE),
          "commitAgeMillis", Long.toString(AGE),
          "commitLifeMillis", Long.toString(LIFE),
          "price3", "800",
          "price4", "200",
          "price5", "10");
  static final Hash SECRET = Sha256.hash(Bytes.ofUtf8("secret"));
  private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();
  private static final Amount BASE_FEE = Amount.of(1_000_000_000);
  private static final long GAS_LIMIT = 2_000_000;
  private static final long START = 1_000_000;

  final Rules rules;
  private final Map<Bytes, Bytes> state = new HashMap<>();
  private BlockContext block;

  private NameChain(Rules rules) {
    this.rules = rules;
    this.block =
        new BlockContext(CHAIN_ID, Hash.ZERO, 0, START, Address.ZERO, BASE_FEE, Hash.ZERO, START);
  }

  /// A chain in its first block, with rich accounts of the given names.
  static NameChain start(String... rich) {
    return start(PARAMETERS, rich);
  }

  static NameChain start(Map<String, String> parameters, String... rich) {
    Map<String, Map<String, String>> genesis = Map.of("naming", parameters);
    try {
      var chain =
          new NameChain(Rules.of(CHAIN_ID, FeeSchedule.DEFAULT, Corporations.load(genesis)));
      Map<Address, Amount> allocations = new HashMap<>();
      for (String name : rich) {
        allocations.put(address(name), Amount.CLOUDCOIN.times(1_000));
      }
      chain.rules.genesis(chain, new GenesisSpec(Hash.ZERO, START, allocations, genesis));
      chain.pass(1_000);
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

  Map<Bytes, Bytes> entries() {
    return new TreeMap<>(state);
  }

  long now() {
    return block.timeMillis();
  }

  /// Ends the block at hand and begins the next one so much later.
  void pass(long millis) {
    checkBooks();
    block =
        new BlockContext(
            CHAIN_ID,
            Hash.ZERO,
            block.height() + 1,
            block.timeMillis() + millis,
            address("proposer"),
            BASE_FEE,
            Sha256.hash(Bytes.ofUtf8("block " + block.height())),
            block.timeMillis());
    rules.beginBlock(this, block);
  }

  /// Runs a transaction in the block at hand.
  TransactionResult send(String from, Amount value, Bytes input) {
    KeyPair key = key(from);
    SignedTransaction tx =
        SignedTransaction.sign(
            new DynamicFeeTransaction(
                CHAIN_ID,
                Account.of(this, key.address()).nonce(),
                Amount.of(7),
                BASE_FEE.times(2),
                GAS_LIMIT,
                NamingAbi.ADDRESS,
                value,
                input),
            key);
    Outcome outcome = rules.apply(this, block, tx, Long.MAX_VALUE, key.address());
    if (outcome instanceof Outcome.Applied applied) {
      return applied.result();
    }
    throw new AssertionError(outcome.toString());
  }

  /// Runs a call that must succeed and returns its events.
  List<NamingEvent> ok(String from, long drops, NamingCall call) {
    TransactionResult result = send(from, Amount.of(drops), call.encode());
    assertTrue(result.success(), () -> call.getClass().getSimpleName() + ": " + reason(result));
    return events(result.logs());
  }

  private static List<NamingEvent> events(List<Log> logs) {
    List<NamingEvent> events = new ArrayList<>();
    for (Log log : logs) {
      try {
        events.add(NamingEvent.decode(log).orElseThrow());
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    }
    return events;
  }

  static String reason(TransactionResult result) {
    Bytes output = result.output();
    if (output.size() < 68) {
      return "out of gas";
    }
    int size = output.unsigned(67) + 256 * output.unsigned(66);
    return new String(output.slice(68, size).toArray(), StandardCharsets.UTF_8);
  }

  /// The code of the rule that a call breaks; nothing but its fee may remain of it.
  String refusal(String from, long drops, Bytes input) {
    Map<Bytes, Bytes> before = corporationEntries();
    TransactionResult result = send(from, Amount.of(drops), input);
    assertTrue(!result.success(), "call was expected to be refused");
    assertEquals(List.of(), result.logs());
    assertEquals(before, corporationEntries(), "a refused call left traces");
    checkBooks();
    return reason(result).split(" ", 2)[0];
  }

  String refusal(String from, long drops, NamingCall call) {
    return refusal(from, drops, call.encode());
  }

  private Map<Bytes, Bytes> corporationEntries() {
    Map<Bytes, Bytes> entries = new HashMap<>(state);
    entries.keySet().removeIf(key -> key.get(0) != StateKeys.ENTRY);
    return entries;
  }

  /// Reads a view's result.
  interface Decoder<T> {
    T decode(Bytes output) throws MalformedException;
  }

  CallResult call(NamingCall call) {
    Map<Bytes, Bytes> before = new HashMap<>(state);
    CallResult result =
        rules.call(
            this, block, Address.ZERO, NamingAbi.ADDRESS, Amount.ZERO, call.encode(), GAS_LIMIT);
    assertEquals(before, state, "a view left traces");
    return result;
  }

  <T> T view(NamingCall call, Decoder<T> decoder) {
    CallResult result = call(call);
    assertTrue(result.success(), result.message());
    try {
      return decoder.decode(result.output());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  NameStatus status(String label) {
    return view(new NamingCall.Status(label), NamingResults::status);
  }

  /// Commits, waits for the least age and reveals.
  List<NamingEvent> register(String owner, String label, long years) {
    var commitment = new Commitment(label, address(owner), SECRET);
    ok(owner, 0, new NamingCall.Commit(commitment.hash()));
    pass(AGE);
    long price = view(new NamingCall.Price(label, years), NamingResults::price).toLong();
    return ok(owner, price, new NamingCall.Reveal(commitment, years));
  }

  Amount burned() {
    return rules.supply(this).burned();
  }

  /// Checks that no drop appeared or vanished, and that the corporation owns nothing.
  void checkBooks() {
    Amount balances = Amount.ZERO;
    for (Map.Entry<Bytes, Bytes> entry : state.entrySet()) {
      if (entry.getKey().get(0) == StateKeys.ACCOUNT) {
        try {
          balances = balances.plus(Account.decode(entry.getValue()).balance());
        } catch (MalformedException e) {
          throw new AssertionError(e);
        }
      }
    }
    Supply supply = rules.supply(this);
    assertEquals(
        supply.genesis().plus(supply.minted()), balances.plus(supply.burned()), "conservation");
    assertEquals(Amount.ZERO, Account.of(this, NamingAbi.ADDRESS).balance(), "owes nothing");
  }
}
