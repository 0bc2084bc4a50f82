package org.bitcloud.primitives.tx;

import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// Type 0, signed for one chain as in EIP-155, with one price for gas.
///
/// @param chainId at least 1
/// @param nonce never negative
/// @param gasPrice drops for one gas
/// @param gasLimit never negative
/// @param recipient null for the creation of a contract
/// @param value what the recipient gets
/// @param input what the recipient is told
public record LegacyTransaction(
    long chainId,
    long nonce,
    Amount gasPrice,
    long gasLimit,
    @Nullable Address recipient,
    Amount value,
    Bytes input)
    implements Transaction {
  /// The largest chain id whose `v` of EIP-155 fits into a signed 64-bit number.
  public static final long CHAIN_ID_MAX = (Long.MAX_VALUE - 36) / 2;

  /// Checks ranges.
  ///
  /// @throws IllegalArgumentException if a number is out of range
  public LegacyTransaction {
    TransactionEncoding.checkRanges(chainId, nonce, gasLimit);
    if (chainId > CHAIN_ID_MAX) {
      throw new IllegalArgumentException("chain id is too large for EIP-155: " + chainId);
    }
  }

  @Override
  public int type() {
    return 0;
  }

  @Override
  public Amount maxFeePerGas() {
    return gasPrice;
  }

  @Override
  public Amount maxPriorityFeePerGas() {
    return gasPrice;
  }

  @Override
  public List<AccessListEntry> accessList() {
    return List.of();
  }
}
