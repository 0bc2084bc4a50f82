package org.bitcloud.node.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bitcloud.market.Head;
import org.bitcloud.market.Ledger;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.LogFilter;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.node.TestLedgerNode;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.tx.DynamicFeeTransaction;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the market relies on, whichever way it reaches the chain.
@Timeout(60)
abstract class LedgerContract {
  private static final Amount GWEI = Amount.of(1_000_000_000L);
  private static final Bytes DEPOSIT = selector("deposit()");
  private static final Bytes WITHDRAW =
      Bytes.concat(selector("withdraw(uint256)"), Amount.CLOUDCOIN.toBytes32());

  @TempDir private Path folder;
  private TestLedgerNode node;
  private Ledger ledger;

  /// Opens the ledger under test over a running node.
  abstract Ledger open(TestLedgerNode running);

  @BeforeEach
  void start() throws Exception {
    node = TestLedgerNode.start(folder);
    ledger = open(node);
  }

  @AfterEach
  void stop() {
    ledger.close();
    node.close();
  }

  private static Bytes selector(String signature) {
    return Keccak.hash(Bytes.ofUtf8(signature)).bytes().slice(0, 4);
  }

  private static Address storage() {
    try {
      return Address.fromHex("0x000000000000000000000000000000000000bc02");
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private SignedTransaction deposit(KeyPair key, long nonce, Amount value) {
    return SignedTransaction.sign(
        new DynamicFeeTransaction(
            201403, nonce, GWEI, GWEI.times(10), 300_000, storage(), value, DEPOSIT),
        key);
  }

  private TxReceipt await(Hash transaction) throws Exception {
    var heads = new LinkedBlockingQueue<Head>();
    try (var _ = ledger.onHead(heads::add)) {
      Optional<TxReceipt> receipt = ledger.receipt(transaction);
      while (receipt.isEmpty()) {
        assertNotNull(heads.poll(20, TimeUnit.SECONDS), "a new head");
        receipt = ledger.receipt(transaction);
      }
      return receipt.get();
    }
  }

  @Test
  void namesItsNetworkAndItsHead() throws Exception {
    assertEquals(201403, ledger.network().chainId());
    assertEquals(node.node().access().chain().genesisHash(), ledger.network().genesisHash());
    Head head = ledger.head();
    assertTrue(head.timeMillis() > 0);
    assertEquals(
        Optional.of(head.hash()),
        node.node().access().chain().hashAt(head.height()),
        "the head is canonical");
  }

  @Test
  void takesATransactionOnceAndShowsItsReceiptAndLogs() throws Exception {
    KeyPair key = TestLedgerNode.key(0, 1);
    Amount before = ledger.balance(key.address());
    long nonce = ledger.nonce(key.address());
    SignedTransaction transaction = deposit(key, nonce, Amount.CLOUDCOIN);
    Hash hash = ledger.submit(transaction);
    assertEquals(transaction.hash(), hash);
    TxReceipt receipt = await(hash);
    assertTrue(receipt.success(), receipt.reason());
    assertEquals(1, receipt.logs().size());
    assertEquals(nonce + 1, ledger.nonce(key.address()));
    assertEquals(
        before.minus(Amount.CLOUDCOIN).minus(receipt.fee()), ledger.balance(key.address()));
    var filter =
        new LogFilter(
            receipt.height(),
            receipt.height(),
            storage(),
            List.of(receipt.logs().getFirst().log().topics().subList(0, 1)));
    assertEquals(receipt.logs(), ledger.logs(filter));
  }

  @Test
  void takesTheSameTransactionTwiceWithoutComplaint() throws Exception {
    KeyPair key = TestLedgerNode.key(0, 2);
    // Its nonce leaves a gap, so that it stays in the pool.
    SignedTransaction waiting = deposit(key, 1, Amount.CLOUDCOIN);
    assertEquals(waiting.hash(), ledger.submit(waiting));
    assertEquals(waiting.hash(), ledger.submit(waiting));
    assertEquals(Optional.empty(), ledger.receipt(waiting.hash()));
    assertEquals(0, ledger.nonce(key.address()));
  }

  @Test
  void saysWhyACallRevertsAndATransactionIsRefused() throws Exception {
    Address caller = TestLedgerNode.key(0, 3).address();
    LedgerException reverted =
        assertThrows(
            LedgerException.class,
            () -> ledger.estimateGas(caller, storage(), Amount.ZERO, WITHDRAW));
    assertEquals(LedgerException.Kind.REVERTED, reverted.kind());
    assertTrue(reverted.getMessage().startsWith("STO-"), reverted.getMessage());

    KeyPair key = TestLedgerNode.key(0, 3);
    SignedTransaction rich = deposit(key, 0, Amount.CLOUDCOIN.times(9_000_000));
    LedgerException refused = assertThrows(LedgerException.class, () -> ledger.submit(rich));
    assertEquals(LedgerException.Kind.REJECTED, refused.kind());
    assertTrue(refused.getMessage().startsWith("insufficient funds"), refused.getMessage());
  }

  @Test
  void estimatesExactlyWhatACallUses() throws Exception {
    KeyPair key = TestLedgerNode.key(0, 4);
    long gas = ledger.estimateGas(key.address(), storage(), Amount.CLOUDCOIN, DEPOSIT);
    TxReceipt receipt = await(ledger.submit(deposit(key, 0, Amount.CLOUDCOIN)));
    assertEquals(gas, receipt.gasUsed());
  }
}
