package org.bitcloud.market.renter;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.contracts.storage.ContractStatus;
import org.bitcloud.contracts.storage.Phase;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageRule;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;

/// Ends contracts on chain, so that what is left in their escrow comes back.
final class ContractEnder {
  private final Chain chain;

  ContractEnder(Chain chain) {
    this.chain = chain;
  }

  /// Ends those of the contracts that run; others are left alone.
  ///
  /// @return the fees paid for it
  /// @throws MarketException when the ledger cannot be reached; what is left to do may be repeated
  Amount end(List<Hash> contracts) throws MarketException {
    List<TransactionSender.Sent> sent = new ArrayList<>();
    try {
      for (Hash id : contracts) {
        ContractStatus status = chain.client().contract(id).orElse(null);
        if (status != null
            && (status.phase() == Phase.ACTIVE || status.phase() == Phase.ABANDONED)) {
          send(id, sent);
        }
      }
      Amount fees = Amount.ZERO;
      for (TransactionSender.Sent one : sent) {
        TxReceipt receipt = one.await();
        fees = fees.plus(receipt.fee());
      }
      return fees;
    } catch (LedgerException e) {
      throw Chain.failed(e);
    }
  }

  private void send(Hash id, List<TransactionSender.Sent> sent) throws LedgerException {
    try {
      sent.add(chain.send(Amount.ZERO, new StorageCall.End(id)));
    } catch (LedgerException e) {
      // It ended by itself meanwhile.
      if (!StorageClient.isRule(e, StorageRule.CONTRACT_ENDED)
          && !StorageClient.isRule(e, StorageRule.ALREADY_ENDING)) {
        throw e;
      }
    }
  }
}
