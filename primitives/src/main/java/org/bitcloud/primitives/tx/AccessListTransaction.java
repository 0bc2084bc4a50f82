package org.bitcloud.primitives.tx;

import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// Type 1 of EIP-2930: one price for gas, and the accounts it will touch.
///
/// @param chainId at least 1
/// @param nonce never negative
/// @param gasPrice drops for one gas
/// @param gasLimit never negative
/// @param recipient null for the creation of a contract
/// @param value what the recipient gets
/// @param input what the recipient is told
/// @param accessList what it will touch
public record AccessListTransaction(
    long chainId,
    long nonce,
    Amount gasPrice,
    long gasLimit,
    @Nullable Address recipient,
    Amount value,
    Bytes input,
    List<AccessListEntry> accessList)
    implements Transaction {
  /// Checks ranges and copies the list.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public AccessListTransaction {
    TransactionEncoding.checkRanges(chainId, nonce, gasLimit);
    accessList = List.copyOf(accessList);
  }

  @Override
  public int type() {
    return 1;
  }

  @Override
  public Amount maxFeePerGas() {
    return gasPrice;
  }

  @Override
  public Amount maxPriorityFeePerGas() {
    return gasPrice;
  }
}
