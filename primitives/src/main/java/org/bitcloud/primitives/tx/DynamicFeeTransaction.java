package org.bitcloud.primitives.tx;

import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// Type 2 of EIP-1559: a tip for the proposer and a cap on base fee and tip together.
///
/// @param chainId at least 1
/// @param nonce never negative
/// @param maxPriorityFeePerGas the tip in drops for one gas
/// @param maxFeePerGas the cap in drops for one gas
/// @param gasLimit never negative
/// @param recipient null for the creation of a contract
/// @param value what the recipient gets
/// @param input what the recipient is told
/// @param accessList what it will touch
public record DynamicFeeTransaction(
    long chainId,
    long nonce,
    Amount maxPriorityFeePerGas,
    Amount maxFeePerGas,
    long gasLimit,
    @Nullable Address recipient,
    Amount value,
    Bytes input,
    List<AccessListEntry> accessList)
    implements Transaction {
  /// Checks ranges and copies the list. A tip above the cap can be written, but no chain takes it.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public DynamicFeeTransaction {
    TransactionEncoding.checkRanges(chainId, nonce, gasLimit);
    accessList = List.copyOf(accessList);
  }

  /// A transaction with an empty access list.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public DynamicFeeTransaction(
      long chainId,
      long nonce,
      Amount maxPriorityFeePerGas,
      Amount maxFeePerGas,
      long gasLimit,
      @Nullable Address recipient,
      Amount value,
      Bytes input) {
    this(
        chainId,
        nonce,
        maxPriorityFeePerGas,
        maxFeePerGas,
        gasLimit,
        recipient,
        value,
        input,
        List.of());
  }

  @Override
  public int type() {
    return 2;
  }
}
