package org.bitcloud.chain.block;

import java.util.Optional;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.tx.SignedTransaction;

/// Transactions whose sender this node has recovered already. The hash covers the signature, so a
/// known object stands for the received one in every respect.
@FunctionalInterface
public interface KnownTransactions {
  /// Knows none.
  KnownTransactions NONE = transaction -> Optional.empty();

  /// Returns the known transaction of that hash. Called from several threads.
  Optional<SignedTransaction> known(Hash transaction);
}
