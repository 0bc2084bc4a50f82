package org.bitcloud.simulation;

import java.util.HashMap;
import java.util.Map;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.Receipt;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.TransactionException;

/// Fees as somebody keeps them who reads headers and receipts. For one thread.
public final class FeeBooks {
  private final Map<Address, Amount> paid = new HashMap<>();
  private Amount burned = Amount.ZERO;

  /// Empty books, as before the first block.
  public FeeBooks() {}

  void enter(BlockHeader block, SignedTransaction transaction, Receipt receipt) {
    Amount fee = receipt.effectiveGasPrice().times(receipt.gasUsed());
    try {
      paid.merge(transaction.sender(), fee, Amount::plus);
    } catch (TransactionException e) {
      throw new IllegalStateException("a block with a transaction of nobody", e);
    }
    burned = burned.plus(block.baseFee().times(receipt.gasUsed()));
  }

  /// What an account has paid for gas.
  public Amount paid(Address sender) {
    return paid.getOrDefault(sender, Amount.ZERO);
  }

  /// Base fees, which nobody gets.
  public Amount burned() {
    return burned;
  }
}
