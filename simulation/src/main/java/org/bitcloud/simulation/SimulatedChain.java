package org.bitcloud.simulation;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bitcloud.chain.ChainVerifier;
import org.bitcloud.chain.VerifyException;
import org.bitcloud.chain.VerifyReport;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.chain.pool.MempoolVerdict;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.contracts.CallResult;
import org.bitcloud.contracts.Supply;
import org.bitcloud.contracts.storage.Challenge;
import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.contracts.storage.ProviderStatus;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageResults;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.Eip712;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.store.MemoryMedium;

/// A validator's chain in virtual time: the real ledger, rules, pool and `dev` engine on a store in
/// memory, all on the caller's thread. After every block all coins are counted.
public final class SimulatedChain implements AutoCloseable {
  private static final Amount GAS_PRICE_MAX = Amount.of(100_000_000_000L);
  private static final Amount TIP = Amount.of(7);
  private static final long CALL_GAS = 5_000_000;
  private static final long VIEW_GAS = 1L << 40;

  private final SimulationSetup setup;
  private final VirtualClock clock;
  private final MemoryMedium disk = new MemoryMedium();
  private final EventBooks books = new EventBooks();
  private final FeeBooks fees = new FeeBooks();
  private SimulatedNode node;

  private SimulatedChain(SimulationSetup setup) {
    this.setup = setup;
    this.clock = new VirtualClock(Instant.ofEpochMilli(setup.genesis().timeMillis()));
    this.node = SimulatedNode.start(setup, disk, clock);
  }

  /// A chain with its first block, which opens window 0.
  public static SimulatedChain start(SimulationSetup setup) {
    SimulatedChain chain = new SimulatedChain(setup);
    chain.conserve();
    chain.nextBlock();
    return chain;
  }

  // ---- time ----

  /// Lets time pass until the next block, checks that it conserves coins, reads its events.
  public void nextBlock() {
    Hash before = node.chain().heads().headRef().hash();
    while (node.chain().heads().headRef().hash().equals(before)) {
      node.loop().ring();
    }
    Block block = node.chain().block(node.chain().heads().headRef().hash()).orElseThrow();
    List<Receipt> receipts = node.chain().receipts(block.hash()).orElseThrow();
    for (int i = 0; i < receipts.size(); i++) {
      fees.enter(block.header(), block.body().transactions().get(i), receipts.get(i));
      receipts.get(i).logs().forEach(books::enter);
    }
    conserve();
  }

  private void conserve() {
    try (StateView state = state()) {
      Conservation conservation = Conservation.of(state);
      conservation.check();
      Invariant.check(
          conservation.held().equals(books.owed()),
          "events explain %s drops of the Storage corporation's %s"
              .formatted(books.owed(), conservation.held()));
      Amount burned = conservation.totals().supply().burned();
      Invariant.check(
          burned.equals(fees.burned().plus(books.burned())),
          "receipts and events explain %s and %s of %s burned drops"
              .formatted(fees.burned(), books.burned(), burned));
    }
  }

  /// Lets blocks come until the next window opens.
  public void nextWindow() {
    long index = window().index();
    while (window().index() == index) {
      nextBlock();
    }
  }

  /// Lets so many windows open.
  public void nextWindows(int count) {
    for (int i = 0; i < count; i++) {
      nextWindow();
    }
  }

  /// Stops the validator, lets time pass, and starts it again on the same disk. The next block has
  /// not come yet. What waited in the pool is lost.
  public void switchOff(Duration howLong) {
    node.stop();
    clock.advance(howLong);
    node = SimulatedNode.start(setup, disk, clock);
  }

  // ---- transactions ----

  /// Puts a call of the Storage corporation into the pool, for the next block.
  ///
  /// @return the transaction's hash
  /// @throws IllegalStateException if the pool refuses it
  public Hash submit(KeyPair sender, Amount value, StorageCall call) {
    return submit(sender, StorageAbi.ADDRESS, value, call.encode());
  }

  /// Puts any transaction into the pool, for the next block.
  ///
  /// @throws IllegalStateException if the pool refuses it
  public Hash submit(KeyPair sender, Address to, Amount value, Bytes input) {
    SignedTransaction transaction =
        SignedTransaction.sign(
            new DynamicFeeTransaction(
                SimulationSetup.CHAIN_ID,
                node.pool().pendingNonce(sender.address()),
                TIP,
                GAS_PRICE_MAX,
                CALL_GAS,
                to,
                value,
                input),
            sender);
    MempoolVerdict verdict = node.pool().submit(transaction);
    if (verdict instanceof MempoolVerdict.Refused refused) {
      throw new IllegalStateException(refused.message());
    }
    return transaction.hash();
  }

  /// What became of a transaction.
  ///
  /// @throws java.util.NoSuchElementException if no block has it
  public Receipt receipt(Hash transaction) {
    var place = node.chain().transaction(transaction).orElseThrow();
    return node.chain().receipts(place.block()).orElseThrow().get(place.index());
  }

  /// Sends a call in a block of its own, and expects it to succeed.
  @CanIgnoreReturnValue
  public Receipt run(KeyPair sender, Amount value, StorageCall call) {
    Hash hash = submit(sender, value, call);
    nextBlock();
    return succeeded(hash);
  }

  /// The receipt of a transaction that must have succeeded.
  ///
  /// @throws IllegalStateException if it has not
  @CanIgnoreReturnValue
  public Receipt succeeded(Hash transaction) {
    Receipt receipt = receipt(transaction);
    if (!receipt.success()) {
      throw new IllegalStateException("transaction failed: " + reason(receipt));
    }
    return receipt;
  }

  /// Why a transaction failed, as wallets show it: the code of the rule and its text.
  public static String reason(Receipt failed) {
    return RevertReason.of(failed.output());
  }

  // ---- views ----

  private interface Decoder<T> {
    T decode(Bytes output) throws MalformedException;
  }

  private <T> T view(StorageCall call, Decoder<T> decoder) {
    try (StateView state = state()) {
      CallResult result =
          node.chain()
              .rules()
              .call(
                  state::get,
                  node.chain().contextOf(head()),
                  Address.ZERO,
                  StorageAbi.ADDRESS,
                  Amount.ZERO,
                  call.encode(),
                  VIEW_GAS);
      if (!result.success()) {
        throw new IllegalStateException(call + ": " + result.message());
      }
      return decoder.decode(result.output());
    } catch (MalformedException e) {
      throw new IllegalStateException("the corporation answers in another form than it says", e);
    }
  }

  /// The open window.
  public WindowStatus window() {
    return view(new StorageCall.Window(), StorageResults::window);
  }

  /// A window that has opened.
  public WindowStatus window(long index) {
    return view(new StorageCall.WindowAt(index), StorageResults::window);
  }

  /// A provider's books once all closed windows are settled.
  public ProviderStatus provider(Address provider) {
    return view(new StorageCall.Provider(provider), StorageResults::provider);
  }

  /// A contract once all closed windows are settled.
  public ContractStatus contract(Hash id) {
    return view(new StorageCall.Contract(id), StorageResults::contract);
  }

  /// What a provider must prove in the open window.
  public Challenge challenge(Address provider) {
    return view(new StorageCall.ChallengeOf(provider), StorageResults::challenge);
  }

  /// An account's balance.
  public Amount balance(Address account) {
    return node.chain().account(account).balance();
  }

  /// All coins.
  public Supply supply() {
    try (StateView state = state()) {
      return Supply.of(state::get);
    }
  }

  /// The newest block's header.
  public BlockHeader head() {
    return node.chain().head();
  }

  // ---- the rest ----

  /// The state after the newest block; must be closed.
  public StateView state() {
    return node.chain().latestState();
  }

  /// What this chain began with.
  public SimulationSetup setup() {
    return setup;
  }

  /// The key of a name.
  public KeyPair key(String name) {
    return setup.key(name);
  }

  /// What signatures of terms and revisions are bound to.
  public Eip712.Domain domain() {
    return StorageAbi.domain(SimulationSetup.CHAIN_ID, node.chain().genesisHash());
  }

  /// The corporation's books, kept from its events.
  public EventBooks books() {
    return books;
  }

  /// What senders have paid for gas.
  public FeeBooks fees() {
    return fees;
  }

  /// Replays all blocks from genesis and compares everything.
  ///
  /// @throws VerifyException at the first thing that is wrong
  public VerifyReport verify() throws VerifyException {
    return ChainVerifier.verify(node.chain(), node.headerRules(), Runnable::run, (_, _) -> {});
  }

  @Override
  public void close() {
    node.stop();
  }
}
