package org.bitcloud.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageResults;
import org.bitcloud.contracts.storage.WindowStatus;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.jspecify.annotations.Nullable;

/// A ledger in memory and virtual time that runs the real rules: every transaction gets a block of
/// its own at once, and time moves only when the test says so. After each block the books must
/// balance.
public final class TestLedger implements Ledger {
  /// The chain id of the devnet.
  public static final long CHAIN_ID = 201_403;

  private static final Hash GENESIS = Sha256.hash(Bytes.ofUtf8("test ledger"));
  private static final long GAS_LIMIT = 60_000_000;
  private static final long START_MILLIS = 1_000_000;

  private final Rules rules;
  private final long windowMillis;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<Bytes, Bytes> state = new TreeMap<>();
  private final MutableState view = new StateView();
  private final Map<Hash, TxReceipt> receipts = new HashMap<>();
  private final List<LedgerLog> logs = new ArrayList<>();
  private final List<Included> included = new ArrayList<>();
  private final List<Consumer<Head>> listeners = new CopyOnWriteArrayList<>();
  private final ExecutorService notifier =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("heads").factory());
  private BlockContext block;
  private int toLose;
  private volatile boolean unreachable;

  /// A transaction that is in a block.
  public record Included(Address from, Bytes input, boolean success) {}

  private TestLedger(Rules rules, long windowMillis) {
    this.rules = rules;
    this.windowMillis = windowMillis;
    this.block =
        new BlockContext(
            CHAIN_ID,
            GENESIS,
            0,
            START_MILLIS,
            Address.ZERO,
            Amount.of(1_000_000_000),
            Hash.ZERO,
            START_MILLIS);
  }

  /// A ledger with windows of such a length and funded accounts, in the first block.
  public static TestLedger start(Duration window, Map<Address, Amount> allocations) {
    try {
      long millis = window.toMillis();
      TestLedger ledger =
          new TestLedger(
              Rules.of(CHAIN_ID, FeeSchedule.DEFAULT, Corporations.load(List.of("storage"))),
              millis);
      ledger.rules.genesis(
          ledger.view,
          new GenesisSpec(
              GENESIS,
              START_MILLIS,
              allocations,
              Map.of("storage", Map.of("windowMillis", Long.toString(millis)))));
      ledger.advance(Duration.ofMillis(1));
      return ledger;
    } catch (GenesisException e) {
      throw new AssertionError(e);
    }
  }

  private final class StateView implements MutableState {
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
  }

  /// Makes an empty block so much later.
  public void advance(Duration time) {
    lock.lock();
    try {
      begin(time.toMillis());
      end();
    } finally {
      lock.unlock();
    }
  }

  /// Makes blocks until the next window is open; the one before counts.
  public WindowStatus nextWindow() {
    long index = window().index();
    while (window().index() == index) {
      advance(Duration.ofMillis(windowMillis / 8));
    }
    return window();
  }

  /// The open window.
  public WindowStatus window() {
    try {
      return StorageResults.window(call(StorageAbi.ADDRESS, new StorageCall.Window().encode()));
    } catch (LedgerException | MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /// Takes the next transactions and forgets them, as a node does that loses its pool.
  public void loseNext(int count) {
    lock.lock();
    try {
      toLose = count;
    } finally {
      lock.unlock();
    }
  }

  /// Lets every call fail until told otherwise.
  public void unreachable(boolean is) {
    unreachable = is;
  }

  /// All events so far.
  public List<LedgerLog> allLogs() {
    lock.lock();
    try {
      return List.copyOf(logs);
    } finally {
      lock.unlock();
    }
  }

  /// All transactions so far that begin as another input does, for instance calls of one function.
  public List<Included> transactions(Bytes selector) {
    lock.lock();
    try {
      return included.stream()
          .filter(one -> one.input().size() >= selector.size())
          .filter(one -> one.input().slice(0, selector.size()).equals(selector))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public NetworkInfo network() {
    return new NetworkInfo(CHAIN_ID, GENESIS);
  }

  @Override
  public Head head() throws LedgerException {
    reach();
    lock.lock();
    try {
      return headNow();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Bytes call(Address to, Bytes input) throws LedgerException {
    return run(Address.ZERO, to, Amount.ZERO, input).output();
  }

  @Override
  public long estimateGas(Address from, Address to, Amount value, Bytes input)
      throws LedgerException {
    return run(from, to, value, input).gasUsed();
  }

  @Override
  public long nonce(Address account) throws LedgerException {
    reach();
    lock.lock();
    try {
      return Account.of(view, account).nonce();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Amount balance(Address account) throws LedgerException {
    reach();
    lock.lock();
    try {
      return Account.of(view, account).balance();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Hash submit(SignedTransaction transaction) throws LedgerException {
    reach();
    lock.lock();
    try {
      if (receipts.containsKey(transaction.hash())) {
        return transaction.hash();
      }
      if (toLose > 0) {
        toLose--;
        return transaction.hash();
      }
      begin(1);
      Outcome outcome = rules.apply(view, block, transaction, GAS_LIMIT, transaction.sender());
      if (outcome instanceof Outcome.Rejected rejected) {
        end();
        throw new LedgerException(LedgerException.Kind.REJECTED, rejected.message());
      }
      keep(transaction, ((Outcome.Applied) outcome).result());
      end();
      return transaction.hash();
    } catch (MalformedException e) {
      throw new LedgerException(LedgerException.Kind.REJECTED, e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<TxReceipt> receipt(Hash transaction) throws LedgerException {
    reach();
    lock.lock();
    try {
      return Optional.ofNullable(receipts.get(transaction));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<LedgerLog> logs(LogFilter filter) throws LedgerException {
    reach();
    return allLogs().stream()
        .filter(
            log ->
                log.log().address().equals(filter.address())
                    && log.height().compareTo(filter.from()) >= 0
                    && log.height().compareTo(filter.to()) <= 0
                    && matches(filter.topics(), log.log().topics()))
        .toList();
  }

  @Override
  public Subscription onHead(Consumer<Head> listener) {
    listeners.add(listener);
    lock.lock();
    try {
      Head head = headNow();
      notifier.execute(() -> listener.accept(head));
    } finally {
      lock.unlock();
    }
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    notifier.shutdown();
  }

  private static boolean matches(List<List<Hash>> wanted, List<Hash> topics) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.get(i).isEmpty()
          && (i >= topics.size() || !wanted.get(i).contains(topics.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private void reach() throws LedgerException {
    if (unreachable) {
      throw new LedgerException(LedgerException.Kind.UNAVAILABLE, "the node does not answer");
    }
  }

  private CallResult run(Address from, Address to, Amount value, Bytes input)
      throws LedgerException {
    reach();
    lock.lock();
    try {
      CallResult result = rules.call(view, block, from, to, value, input, GAS_LIMIT);
      if (!result.success()) {
        throw new LedgerException(LedgerException.Kind.REVERTED, result.message());
      }
      return result;
    } finally {
      lock.unlock();
    }
  }

  private void begin(long millis) {
    block =
        new BlockContext(
            CHAIN_ID,
            GENESIS,
            block.height() + 1,
            block.timeMillis() + millis,
            Address.ZERO,
            FeeSchedule.nextBaseFee(GAS_LIMIT / 2, GAS_LIMIT, block.baseFee()),
            blockHash(block),
            block.timeMillis());
    rules.beginBlock(view, block);
  }

  private void end() {
    checkBooks();
    Head head = headNow();
    if (!notifier.isShutdown()) {
      notifier.execute(() -> listeners.forEach(listener -> listener.accept(head)));
    }
  }

  private void keep(SignedTransaction transaction, TransactionResult result)
      throws MalformedException {
    List<LedgerLog> own = new ArrayList<>();
    for (Log log : result.logs()) {
      own.add(new LedgerLog(log, new Height(block.height()), transaction.hash(), own.size()));
    }
    logs.addAll(own);
    included.add(
        new Included(transaction.sender(), transaction.transaction().input(), result.success()));
    receipts.put(
        transaction.hash(),
        new TxReceipt(
            transaction.hash(),
            new Height(block.height()),
            result.success(),
            result.gasUsed(),
            result.effectiveGasPrice(),
            own,
            result.success() ? "" : reason(result.output())));
  }

  // Error(string): selector, offset, length, text.
  private static String reason(Bytes output) {
    if (output.size() < 68) {
      return "out of gas";
    }
    int length = Math.min(output.unsigned(67), output.size() - 68);
    return new String(output.slice(68, length).toArray(), StandardCharsets.UTF_8);
  }

  private Head headNow() {
    return new Head(
        new Height(block.height()), blockHash(block), block.timeMillis(), block.baseFee());
  }

  private static Hash blockHash(BlockContext block) {
    return Sha256.hash(Bytes.ofUtf8("block " + block.height()), block.parentHash().bytes());
  }

  private void checkBooks() {
    Amount sum = Amount.ZERO;
    Bytes accounts = Bytes.of(StateKeys.ACCOUNT);
    Bytes entries = Bytes.of(StateKeys.ENTRY);
    for (Bytes account : state.subMap(accounts, entries).values()) {
      sum = sum.plus(decode(account).balance());
    }
    Supply supply = rules.supply(view);
    assertEquals(supply.genesis().plus(supply.minted()), sum.plus(supply.burned()));
  }

  private static Account decode(Bytes value) {
    try {
      return Account.decode(value);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }
}
