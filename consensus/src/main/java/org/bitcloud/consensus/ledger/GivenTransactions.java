package org.bitcloud.consensus.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.TransactionSource;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.tx.SignedTransaction;
import org.bitcloud.primitives.tx.TransactionException;

/// Offers the transactions of a list, in order, and keeps what became of each.
final class GivenTransactions implements TransactionSource {
  private static final TransactionVerdict NOT_REACHED =
      new TransactionVerdict("NO_ROOM", "the block is full", 0);

  private final List<Bytes> encoded;
  private final List<TransactionVerdict> verdicts = new ArrayList<>();

  GivenTransactions(List<Bytes> encoded) {
    this.encoded = encoded;
  }

  @Override
  public Optional<SignedTransaction> next() {
    while (verdicts.size() < encoded.size()) {
      try {
        SignedTransaction transaction = SignedTransaction.decode(encoded.get(verdicts.size()));
        verdicts.add(new TransactionVerdict("", "", 0)); // until it is refused
        return Optional.of(transaction);
      } catch (TransactionException e) {
        verdicts.add(new TransactionVerdict(e.rule().name(), String.valueOf(e.getMessage()), 0));
      }
    }
    return Optional.empty();
  }

  @Override
  public void refused(SignedTransaction transaction, String code, String detail) {
    verdicts.set(verdicts.size() - 1, new TransactionVerdict(code, detail, 0));
  }

  /// One verdict for each transaction of the list.
  List<TransactionVerdict> verdicts() {
    List<TransactionVerdict> all = new ArrayList<>(verdicts);
    while (all.size() < encoded.size()) {
      all.add(NOT_REACHED);
    }
    return all;
  }
}
