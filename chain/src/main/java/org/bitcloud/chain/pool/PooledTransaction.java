package org.bitcloud.chain.pool;

import java.math.BigInteger;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.Transaction;

/// A waiting transaction.
///
/// @param signed the transaction
/// @param sender who signed it
/// @param cost the most it may take from the sender
/// @param arrival when it came, as a count of arrivals
record PooledTransaction(SignedTransaction signed, Address sender, Amount cost, long arrival) {
  private static final BigInteger TEN = BigInteger.TEN;
  private static final BigInteger ELEVEN = BigInteger.valueOf(11);

  Transaction transaction() {
    return signed.transaction();
  }

  long nonce() {
    return transaction().nonce();
  }

  Hash hash() {
    return signed.hash();
  }

  int size() {
    return signed.size();
  }

  /// Tells whether both fee fields are higher, and by a tenth at least, so that every replacement
  /// costs something.
  boolean mayReplace(PooledTransaction old) {
    return isTenthAbove(transaction().maxFeePerGas(), old.transaction().maxFeePerGas())
        && isTenthAbove(
            transaction().maxPriorityFeePerGas(), old.transaction().maxPriorityFeePerGas());
  }

  private static boolean isTenthAbove(Amount offered, Amount old) {
    return offered.compareTo(old) > 0
        && offered.drops().multiply(TEN).compareTo(old.drops().multiply(ELEVEN)) >= 0;
  }
}
