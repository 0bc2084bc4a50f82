package org.bitcloud.primitives.tx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bitcloud.primitives.Bytes;

/// Any bytes are either refused by a rule or the one encoding of a transaction.
final class SignedTransactionFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void decodesCanonicallyOrRefuses(byte[] input) {
    Bytes bytes = Bytes.of(input);
    SignedTransaction transaction;
    try {
      transaction = SignedTransaction.decode(bytes);
    } catch (TransactionException e) {
      return;
    }
    Transaction unsigned = transaction.transaction();
    assertEquals(bytes, TransactionEncoding.signed(unsigned, transaction.signature()));
    assertEquals(unsigned.signingHash(), transaction.signingHash());
    try {
      transaction.checkStatic(unsigned.chainId());
      transaction.sender();
    } catch (TransactionException e) {
      assertEquals(e.rule(), TransactionRule.valueOf(e.rule().name()));
    }
  }
}
