package org.bitcloud.primitives.tx;

import java.util.List;
import java.util.Optional;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.AmountException;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// What a sender asks for, not yet signed: one of Ethereum's types 0, 1 and 2.
public sealed interface Transaction
    permits LegacyTransaction, AccessListTransaction, DynamicFeeTransaction {
  /// The type's number: 0, 1 or 2.
  int type();

  /// The chain it is for.
  long chainId();

  /// How many transactions the sender sent before, 0 to 2^63 - 1.
  long nonce();

  /// The most gas it may use.
  long gasLimit();

  /// The recipient, or null for the creation of a contract.
  @Nullable Address recipient();

  /// The recipient, or empty for the creation of a contract.
  default Optional<Address> to() {
    return Optional.ofNullable(recipient());
  }

  /// What the recipient gets.
  Amount value();

  /// What the recipient is told: for a corporation, selector and arguments.
  Bytes input();

  /// The most drops it pays for one gas, base fee and tip together.
  Amount maxFeePerGas();

  /// The most drops it pays the proposer for one gas.
  Amount maxPriorityFeePerGas();

  /// The accounts and keys it announces, empty for type 0.
  List<AccessListEntry> accessList();

  /// What the signature signs.
  default Hash signingHash() {
    return TransactionEncoding.signingHash(this);
  }

  /// What the proposer gets for one gas: the tip, or what the fee cap leaves above the base fee.
  ///
  /// @throws AmountException if the fee cap is below the base fee
  default Amount tip(Amount baseFee) {
    return maxPriorityFeePerGas().min(maxFeePerGas().minus(baseFee));
  }

  /// What the sender pays for one gas.
  ///
  /// @throws AmountException if the fee cap is below the base fee
  default Amount effectiveGasPrice(Amount baseFee) {
    return baseFee.plus(tip(baseFee));
  }

  /// The most it may cost: gas limit times fee cap plus value.
  ///
  /// @throws AmountException if that exceeds 2^256 - 1
  default Amount maxCost() {
    return maxFeePerGas().times(gasLimit()).plus(value());
  }
}
