package org.bitcloud.contracts;

/// Why a transaction may not be in a block at all; each has a stable code.
///
/// The texts are the words that wallets match on.
public enum AdmissionRule {
  /// It was signed for another network.
  WRONG_CHAIN("TX-01", "invalid chain id for signer"),
  /// It names no recipient: contracts cannot be created here.
  NO_RECIPIENT("TX-02", "contract creation is not supported"),
  /// The sender has already used its nonce.
  NONCE_TOO_LOW("TX-03", "nonce too low"),
  /// The sender has not yet used the nonce before it.
  NONCE_TOO_HIGH("TX-04", "nonce too high"),
  /// The sender's last possible nonce (EIP-2681).
  NONCE_MAX("TX-05", "nonce has max value"),
  /// It pays less for gas than the block's base fee.
  FEE_CAP_BELOW_BASE_FEE("TX-06", "max fee per gas less than block base fee"),
  /// Its tip exceeds what it pays for gas at most.
  TIP_ABOVE_FEE_CAP("TX-07", "max priority fee per gas higher than max fee per gas"),
  /// Its gas limit does not even cover its own bytes.
  INTRINSIC_GAS("TX-08", "intrinsic gas too low"),
  /// Its gas limit exceeds what is left in the block.
  BLOCK_GAS("TX-09", "exceeds block gas limit"),
  /// The sender cannot pay the value and the dearest possible fee.
  INSUFFICIENT_FUNDS("TX-10", "insufficient funds for gas * price + value"),
  /// It claims to be sent by a corporation (EIP-3607).
  SENDER_IS_CORPORATION("TX-11", "sender not an eoa");

  private final String code;
  private final String text;

  AdmissionRule(String code, String text) {
    this.code = code;
    this.text = text;
  }

  /// The stable code, such as `TX-03`.
  public String code() {
    return code;
  }

  /// The rule in the words that wallets know.
  public String text() {
    return text;
  }
}
