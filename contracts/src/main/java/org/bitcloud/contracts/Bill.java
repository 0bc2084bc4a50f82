package org.bitcloud.contracts;

import org.bitcloud.primitives.Amount;

/// What a transaction pays for its gas.
///
/// @param price drops for each unit, base fee and tip together
/// @param burned drops of the base fee, destroyed
/// @param tip drops for the proposer
record Bill(Amount price, Amount burned, Amount tip) {
  /// The bill for so much gas.
  static Bill of(BlockContext block, Amount price, long gasUsed) {
    Amount burned = block.baseFee().times(gasUsed);
    return new Bill(price, burned, price.times(gasUsed).minus(burned));
  }

  /// What the transaction did that pays it.
  Outcome outcome(CallResult result) {
    return new Outcome.Applied(
        new TransactionResult(
            result.success(),
            result.gasUsed(),
            price,
            burned,
            tip,
            result.logs(),
            result.output()));
  }
}
