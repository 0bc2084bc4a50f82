package org.bitcloud.market.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.TestLedger;
import org.bitcloud.market.TestMarket;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.crypto.KeyPair;
import org.junit.jupiter.api.Test;

class TransactionSenderTest {
  private static final KeyPair KEY = TestMarket.key("renter");
  private static final Bytes DEPOSIT = new StorageCall.Deposit().encode();

  private final TestLedger ledger =
      TestLedger.start(Duration.ofSeconds(20), Map.of(KEY.address(), Amount.CLOUDCOIN));

  private TransactionSender sender(HeadGate heads) {
    return new TransactionSender(ledger, heads, KEY, Duration.ofMillis(20));
  }

  private Amount funds() throws LedgerException {
    return new StorageClient(ledger).provider(KEY.address()).funds();
  }

  @Test
  void whatThePoolLosesIsSentAgain() throws Exception {
    try (HeadGate heads = new HeadGate(ledger)) {
      ledger.loseNext(3);
      TxReceipt receipt = sender(heads).send(StorageAbi.ADDRESS, Amount.of(5), DEPOSIT).await();
      assertTrue(receipt.success());
      assertEquals(Amount.of(5), funds());
    }
  }

  @Test
  void aTransactionWhoseNonceAnotherOneTookRunsOnceAllTheSame() throws Exception {
    try (HeadGate heads = new HeadGate(ledger)) {
      TransactionSender sender = sender(heads);
      ledger.loseNext(1);
      TransactionSender.Sent lost = sender.send(StorageAbi.ADDRESS, Amount.of(5), DEPOSIT);
      TxReceipt _ = sender.send(StorageAbi.ADDRESS, Amount.of(70), DEPOSIT).await();
      TxReceipt _ = lost.await();
      assertEquals(Amount.of(75), funds());
      assertEquals(2, ledger.nonce(KEY.address()));
    }
  }

  @Test
  void aRevertIsToldBeforeItCosts() throws Exception {
    try (HeadGate heads = new HeadGate(ledger)) {
      LedgerException e =
          assertThrows(
              LedgerException.class,
              () -> sender(heads).send(StorageAbi.ADDRESS, Amount.ZERO, DEPOSIT));
      assertEquals(LedgerException.Kind.REVERTED, e.kind());
      assertTrue(e.getMessage().contains("STO-20"), e.getMessage());
      assertEquals(Amount.CLOUDCOIN, ledger.balance(KEY.address()));
    }
  }

  @Test
  void aClosedGateEndsTheWait() throws Exception {
    HeadGate heads = new HeadGate(ledger);
    ledger.loseNext(1000);
    TransactionSender.Sent lost =
        new TransactionSender(ledger, heads, KEY).send(StorageAbi.ADDRESS, Amount.of(5), DEPOSIT);
    heads.close();
    assertThrows(LedgerException.class, lost::await);
  }
}
