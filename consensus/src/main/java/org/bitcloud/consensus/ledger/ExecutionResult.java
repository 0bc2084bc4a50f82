package org.bitcloud.consensus.ledger;

import java.util.List;
import org.bitcloud.chain.UnsealedBlock;
import org.bitcloud.consensus.validator.Validator;

/// What executing a list of transactions gave; nothing is written yet.
///
/// @param block the header with every root, and the transactions that are part of it
/// @param transactions one verdict for each transaction of the request, in its order
/// @param validators the set from the block after next on, or an empty list when it stays
public record ExecutionResult(
    UnsealedBlock block, List<TransactionVerdict> transactions, List<Validator> validators) {
  /// Takes unmodifiable copies.
  public ExecutionResult {
    transactions = List.copyOf(transactions);
    validators = List.copyOf(validators);
  }
}
