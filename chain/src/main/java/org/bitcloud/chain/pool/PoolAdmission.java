package org.bitcloud.chain.pool;

import java.math.BigInteger;
import java.util.Optional;
import org.bitcloud.chain.ChainView;
import org.bitcloud.contracts.Account;
import org.bitcloud.contracts.FeeSchedule;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.Transaction;
import org.bitcloud.primitives.tx.TransactionException;

/// Judges transactions one by one, without looking at the rest of the pool.
final class PoolAdmission {
  private final long chainId;
  private final long blockGas;
  private final FeeSchedule fees;

  PoolAdmission(ChainView chain) {
    this.chainId = chain.genesis().chainId();
    this.blockGas = chain.genesis().gasLimit();
    this.fees = chain.rules().fees();
  }

  /// Checks all that needs no state, the cheap before the signature.
  Optional<MempoolVerdict> checkStatic(SignedTransaction signed) {
    Transaction transaction = signed.transaction();
    try {
      signed.checkStatic(chainId);
    } catch (TransactionException e) {
      return Optional.of(new MempoolVerdict.Refused(ruleOf(e), String.valueOf(e.getMessage())));
    }
    if (transaction.to().isEmpty()) {
      return refuse(PoolRule.NO_RECIPIENT, "");
    }
    long intrinsic = intrinsicGas(transaction);
    if (transaction.gasLimit() < intrinsic) {
      return refuse(
          PoolRule.INTRINSIC_GAS, "have " + transaction.gasLimit() + ", want " + intrinsic);
    }
    if (transaction.gasLimit() > blockGas) {
      return refuse(
          PoolRule.BLOCK_GAS, "gas limit " + transaction.gasLimit() + ", block " + blockGas);
    }
    if (transaction.nonce() == Long.MAX_VALUE) {
      return refuse(PoolRule.NONCE_MAX, "");
    }
    return sender(signed).isPresent() ? Optional.empty() : refuse(PoolRule.SIGNATURE, "");
  }

  /// Checks against the sender's account, as if nothing else of the sender waited.
  Optional<MempoolVerdict> checkAccount(PooledTransaction transaction, Account account) {
    if (account.isCorporation()) {
      return refuse(PoolRule.SENDER_IS_CORPORATION, "");
    }
    if (transaction.nonce() < account.nonce()) {
      return refuse(
          PoolRule.NONCE_TOO_LOW,
          "next nonce " + account.nonce() + ", tx nonce " + transaction.nonce());
    }
    return checkFunds(transaction, account, BigInteger.ZERO);
  }

  /// Checks that the sender can pay for all that it has waiting.
  ///
  /// @param others the most that the sender's other waiting transactions may cost
  Optional<MempoolVerdict> checkFunds(
      PooledTransaction transaction, Account account, BigInteger others) {
    BigInteger needed = others.add(transaction.cost().drops());
    if (account.balance().drops().compareTo(needed) < 0) {
      return refuse(
          PoolRule.INSUFFICIENT_FUNDS,
          "balance %s, tx cost %s, other waiting transactions %s"
              .formatted(account.balance(), transaction.cost(), others));
    }
    return Optional.empty();
  }

  /// Returns a transaction that has passed [#checkStatic] with what the pool wants to know of it.
  PooledTransaction pooled(SignedTransaction signed, long arrival) {
    return new PooledTransaction(
        signed, sender(signed).orElseThrow(), signed.transaction().maxCost(), arrival);
  }

  static Optional<Address> sender(SignedTransaction signed) {
    try {
      return Optional.of(signed.sender());
    } catch (TransactionException e) {
      return Optional.empty();
    }
  }

  private long intrinsicGas(Transaction transaction) {
    long keys = 0;
    for (var entry : transaction.accessList()) {
      keys += entry.storageKeys().size();
    }
    return fees.intrinsicGas(transaction.input(), transaction.accessList().size(), keys);
  }

  private static PoolRule ruleOf(TransactionException e) {
    return switch (e.rule()) {
      case WRONG_CHAIN_ID -> PoolRule.WRONG_CHAIN;
      case TIP_ABOVE_FEE_CAP -> PoolRule.TIP_ABOVE_FEE_CAP;
      case COST_OVERFLOW -> PoolRule.INSUFFICIENT_FUNDS;
      default -> PoolRule.SIGNATURE;
    };
  }

  private static Optional<MempoolVerdict> refuse(PoolRule rule, String detail) {
    return Optional.of(MempoolVerdict.refused(rule, detail));
  }
}
