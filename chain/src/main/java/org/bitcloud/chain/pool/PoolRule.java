package org.bitcloud.chain.pool;

import org.bitcloud.contracts.AdmissionRule;

/// Why the mempool refuses a transaction. The words are those that wallets match on.
public enum PoolRule {
  /// It is in the pool already.
  ALREADY_KNOWN("POOL-01", "already known"),
  /// It was signed for another network.
  WRONG_CHAIN("POOL-02", AdmissionRule.WRONG_CHAIN.text()),
  /// Nobody can have signed it.
  SIGNATURE("POOL-03", "invalid sender"),
  /// It names no recipient.
  NO_RECIPIENT("POOL-04", AdmissionRule.NO_RECIPIENT.text()),
  /// The tip exceeds the fee cap.
  TIP_ABOVE_FEE_CAP("POOL-05", AdmissionRule.TIP_ABOVE_FEE_CAP.text()),
  /// The gas limit does not cover the transaction's own bytes.
  INTRINSIC_GAS("POOL-06", AdmissionRule.INTRINSIC_GAS.text()),
  /// The gas limit exceeds that of a block.
  BLOCK_GAS("POOL-07", AdmissionRule.BLOCK_GAS.text()),
  /// The sender has used the nonce.
  NONCE_TOO_LOW("POOL-08", AdmissionRule.NONCE_TOO_LOW.text()),
  /// The nonce is one that no account may use.
  NONCE_MAX("POOL-09", AdmissionRule.NONCE_MAX.text()),
  /// The sender is a corporation's address.
  SENDER_IS_CORPORATION("POOL-10", AdmissionRule.SENDER_IS_CORPORATION.text()),
  /// The sender cannot pay for this and its other waiting transactions.
  INSUFFICIENT_FUNDS("POOL-11", AdmissionRule.INSUFFICIENT_FUNDS.text()),
  /// A transaction of the same nonce waits, and this one does not pay a tenth more.
  REPLACEMENT_UNDERPRICED("POOL-12", "replacement transaction underpriced"),
  /// The sender has as many transactions waiting as one may.
  SENDER_FULL("POOL-13", "too many transactions of this sender are waiting"),
  /// The pool is full of transactions that pay no less.
  POOL_FULL("POOL-14", "txpool is full");

  private final String code;
  private final String text;

  PoolRule(String code, String text) {
    this.code = code;
    this.text = text;
  }

  /// Returns the stable code, such as `POOL-08`.
  public String code() {
    return code;
  }

  /// Returns the rule in the words that wallets know.
  public String text() {
    return text;
  }
}
