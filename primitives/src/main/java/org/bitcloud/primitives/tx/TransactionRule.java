package org.bitcloud.primitives.tx;

/// Why a transaction is refused. Codes are stable: never reused, never renumbered.
///
/// Messages hold the words that wallets look for.
public enum TransactionRule {
  /// More than [SignedTransaction#SIZE_MAX] bytes.
  OVERSIZED(1, "oversized data"),
  /// The first byte names no type that exists.
  UNKNOWN_TYPE(2, "transaction type not supported"),
  /// Not the one canonical RLP of a transaction of its type.
  MALFORMED(3, "malformed transaction"),
  /// Bytes follow after the transaction.
  TRAILING_BYTES(4, "bytes after the end of the transaction"),
  /// A legacy transaction without the chain id of EIP-155.
  NOT_REPLAY_PROTECTED(5, "only replay-protected (EIP-155) transactions allowed"),
  /// Signed for another chain.
  WRONG_CHAIN_ID(6, "invalid chain id for signer"),
  /// The signature is out of range or belongs to no key.
  INVALID_SIGNATURE(7, "invalid transaction v, r, s values"),
  /// The signature's s is above half the group order (EIP-2).
  HIGH_S(8, "invalid transaction v, r, s values: s is in the upper half"),
  /// The nonce is 2^63 or more, which no account reaches (EIP-2681 allows up to 2^64 - 2).
  NONCE_OVERFLOW(9, "nonce has max value"),
  /// The gas limit is 2^63 or more.
  GAS_LIMIT_OVERFLOW(10, "gas limit is too large"),
  /// The tip exceeds the fee cap.
  TIP_ABOVE_FEE_CAP(11, "max priority fee per gas higher than max fee per gas"),
  /// Gas limit times fee cap plus value exceeds 2^256 - 1.
  COST_OVERFLOW(12, "insufficient funds: gas * price + value exceeds any balance"),
  /// There is no recipient and nothing at this height runs contract code.
  CONTRACT_CREATION(13, "contract creation is not supported"),
  /// The gas limit does not cover what the transaction costs before it runs.
  INTRINSIC_GAS(14, "intrinsic gas too low"),
  /// The gas limit exceeds that of a block.
  GAS_ABOVE_BLOCK(15, "exceeds block gas limit"),
  /// The sender has used this nonce.
  NONCE_USED(16, "nonce too low"),
  /// The sender has not used the nonce before this one.
  NONCE_GAP(17, "nonce too high"),
  /// The sender cannot pay the most that the transaction may cost.
  INSUFFICIENT_FUNDS(18, "insufficient funds for gas * price + value"),
  /// The fee cap is below the block's base fee.
  FEE_BELOW_BASE(19, "max fee per gas less than block base fee");

  private final int code;
  private final String message;

  TransactionRule(int code, String message) {
    this.code = code;
    this.message = message;
  }

  /// The stable number.
  public int code() {
    return code;
  }

  /// What to tell the sender.
  public String message() {
    return message;
  }
}
