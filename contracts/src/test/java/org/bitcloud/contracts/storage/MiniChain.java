package org.bitcloud.contracts.storage;

import java.util.Map;
import java.util.Objects;
import org.bitcloud.contracts.RulesChain;
import org.bitcloud.contracts.StateKeys;
import org.bitcloud.contracts.TransactionResult;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;

/// A chain with the Storage corporation, whose windows pass with its blocks.
final class MiniChain extends RulesChain {
  static final long WINDOW_MILLIS = 8_000;
  static final long BLOCK_MILLIS = 1_000;
  static final Amount WEALTH = Amount.CLOUDCOIN.times(1_000_000);
  private static final long GAS_LIMIT = 20_000_000;
  private static final long VIEW_GAS = 1L << 40;

  private MiniChain(Map<String, String> parameters) {
    super(StorageAbi.ADDRESS, Map.of("storage", parameters), GAS_LIMIT);
  }

  /// A chain in its first block, with rich accounts of the given names.
  static MiniChain start(String... rich) {
    return start(Map.of("windowMillis", Long.toString(WINDOW_MILLIS)), rich);
  }

  static MiniChain start(Map<String, String> parameters, String... rich) {
    MiniChain chain = new MiniChain(parameters);
    chain.begin(WEALTH, BLOCK_MILLIS, rich);
    return chain;
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

  /// Runs a call that must succeed.
  TransactionResult ok(String from, Amount value, StorageCall call) {
    return succeed(from, value, call.encode(), call);
  }

  TransactionResult ok(String from, StorageCall call) {
    return ok(from, Amount.ZERO, call);
  }

  String refusal(String from, StorageCall call) {
    return refusal(from, Amount.ZERO, call.encode());
  }

  <T> T view(StorageCall call, Decoder<T> decoder) {
    return decoded(ask(call.encode(), VIEW_GAS), decoder);
  }

  WindowStatus window() {
    Bytes stored = get(StateKeys.entry(StorageAbi.ADDRESS, Keys.CLOCK));
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

  @Override
  protected Amount owed(Bytes key, Bytes value) throws MalformedException {
    int kind = key.get(0);
    if (kind == 'p') {
      ProviderState provider = ProviderState.decode(Address.ZERO, value);
      return provider.funds.plus(provider.locked).plus(provider.escrow);
    }
    return kind == 'g' ? EndedGeneration.decode(value).escrow() : Amount.ZERO;
  }
}
