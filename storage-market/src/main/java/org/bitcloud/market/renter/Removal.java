package org.bitcloud.market.renter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bitcloud.contracts.storage.StorageCall;
import org.bitcloud.contracts.storage.StorageRule;
import org.bitcloud.market.LedgerException;
import org.bitcloud.market.MarketException;
import org.bitcloud.market.TxReceipt;
import org.bitcloud.market.client.StorageClient;
import org.bitcloud.market.client.TransactionSender;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// Removes an object: each contract gets a revision without sectors, then it is ended.
///
/// A provider that does not answer is not waited for: ending the contract is enough.
final class Removal {
  private final Chain chain;
  private final LaneFinisher finisher;

  Removal(Chain chain, LaneFinisher finisher) {
    this.chain = chain;
    this.finisher = finisher;
  }

  RemoveResult remove(IndexEntry entry, Progress progress) throws MarketException {
    ProgressMeter meter = new ProgressMeter(progress);
    meter.totals(entry.size(), 0, entry.contracts().size());
    meter.stage(Progress.Stage.CONFIRMING);
    ConcurrentLinkedQueue<LaneFinisher.Signed> signed = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
    Parallel.forEach(
        entry.contracts(),
        held -> {
          try {
            signed.add(
                finisher.empty(new Counterparty(held.contract(), held.provider(), Bytes.EMPTY)));
          } catch (MarketException e) {
            warnings.add("provider " + held.provider() + ": " + e.getMessage());
          }
        });
    Amount fees = post(List.copyOf(signed), warnings);
    List<Hash> ids = entry.contracts().stream().map(IndexEntry.Held::contract).toList();
    fees = fees.plus(new ContractEnder(chain).end(ids));
    meter.contracts(ids.size());
    meter.stage(Progress.Stage.DONE);
    return new RemoveResult(entry.id(), ids.size(), fees, List.copyOf(warnings));
  }

  private Amount post(List<LaneFinisher.Signed> signed, ConcurrentLinkedQueue<String> warnings)
      throws MarketException {
    Amount fees = Amount.ZERO;
    List<TransactionSender.Sent> sent = new ArrayList<>();
    for (LaneFinisher.Signed one : signed) {
      try {
        sent.add(
            chain.send(
                Amount.ZERO,
                new StorageCall.Revise(
                    one.revision(), one.renter().toBytes65(), one.provider().toBytes65())));
      } catch (LedgerException e) {
        if (e.retryable()) {
          throw Chain.failed(e);
        }
        note(e, warnings);
      }
    }
    for (TransactionSender.Sent one : sent) {
      try {
        TxReceipt receipt = one.await();
        fees = fees.plus(receipt.fee());
      } catch (LedgerException e) {
        note(e, warnings);
      }
    }
    return fees;
  }

  // What was posted or over already needs no second time; ending the contract is enough anyway.
  private static void note(LedgerException e, ConcurrentLinkedQueue<String> warnings) {
    if (!StorageClient.isRule(e, StorageRule.REVISION_OLD)
        && !StorageClient.isRule(e, StorageRule.CONTRACT_ENDED)) {
      warnings.add("a revision was not posted: " + e.getMessage());
    }
  }
}
