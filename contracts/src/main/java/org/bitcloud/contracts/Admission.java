package org.bitcloud.contracts;

import java.math.BigInteger;
import org.bitcloud.primitives.tx.AccessListEntry;
import org.bitcloud.primitives.tx.Transaction;
import org.jspecify.annotations.Nullable;

/// Decides whether a transaction may come next in a block.
record Admission(long chainId, FeeSchedule fees, BlockContext block) {
  /// The first rule that the transaction breaks, or null.
  Outcome.@Nullable Rejected check(Transaction tx, Account sender, long gasLeftInBlock) {
    if (tx.chainId() != chainId) {
      return reject(AdmissionRule.WRONG_CHAIN, "have " + tx.chainId() + ", want " + chainId);
    }
    if (tx.to().isEmpty()) {
      return reject(AdmissionRule.NO_RECIPIENT, "");
    }
    if (sender.isCorporation()) {
      return reject(AdmissionRule.SENDER_IS_CORPORATION, "");
    }
    Outcome.Rejected nonce = checkNonce(tx.nonce(), sender.nonce());
    return nonce != null ? nonce : checkFees(tx, sender, gasLeftInBlock);
  }

  private static Outcome.@Nullable Rejected checkNonce(long nonce, long expected) {
    String detail = "next nonce " + expected + ", tx nonce " + nonce;
    if (nonce < expected) {
      return reject(AdmissionRule.NONCE_TOO_LOW, detail);
    }
    if (nonce > expected) {
      return reject(AdmissionRule.NONCE_TOO_HIGH, detail);
    }
    return nonce == Long.MAX_VALUE ? reject(AdmissionRule.NONCE_MAX, detail) : null;
  }

  private Outcome.@Nullable Rejected checkFees(
      Transaction tx, Account sender, long gasLeftInBlock) {
    if (tx.maxPriorityFeePerGas().compareTo(tx.maxFeePerGas()) > 0) {
      return reject(AdmissionRule.TIP_ABOVE_FEE_CAP, "");
    }
    if (tx.maxFeePerGas().compareTo(block.baseFee()) < 0) {
      return reject(
          AdmissionRule.FEE_CAP_BELOW_BASE_FEE,
          "maxFeePerGas " + tx.maxFeePerGas() + ", baseFee " + block.baseFee());
    }
    long intrinsic = intrinsicGas(fees, tx);
    if (tx.gasLimit() < intrinsic) {
      return reject(AdmissionRule.INTRINSIC_GAS, "have " + tx.gasLimit() + ", want " + intrinsic);
    }
    if (tx.gasLimit() > gasLeftInBlock) {
      return reject(
          AdmissionRule.BLOCK_GAS, "gas limit " + tx.gasLimit() + ", left " + gasLeftInBlock);
    }
    BigInteger needed = costAtMost(tx);
    if (sender.balance().drops().compareTo(needed) < 0) {
      return reject(
          AdmissionRule.INSUFFICIENT_FUNDS, "have " + sender.balance() + " want " + needed);
    }
    return null;
  }

  /// Value and dearest fee; a plain integer since it may exceed any amount.
  private static BigInteger costAtMost(Transaction tx) {
    return tx.maxFeePerGas()
        .drops()
        .multiply(BigInteger.valueOf(tx.gasLimit()))
        .add(tx.value().drops());
  }

  static long intrinsicGas(FeeSchedule fees, Transaction tx) {
    long keys = 0;
    for (AccessListEntry entry : tx.accessList()) {
      keys += entry.storageKeys().size();
    }
    return fees.intrinsicGas(tx.input(), tx.accessList().size(), keys);
  }

  private static Outcome.Rejected reject(AdmissionRule rule, String detail) {
    return new Outcome.Rejected(rule, detail);
  }
}
