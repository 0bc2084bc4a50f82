package org.bitcloud.node.bench;

import java.io.IOException;
import java.util.List;
import org.bitcloud.chain.block.GenesisAllocation;
import org.bitcloud.primitives.tx.SignedTransaction;

/// Signed transfers, block by block, and the balances that they need.
public interface TransferPlan extends AutoCloseable {
  /// What two plans share exactly when they give the same blocks; fit for a file's name.
  String identity();

  /// The chain id that the transfers name.
  long chainId();

  /// How many blocks there are at most.
  int blocks();

  /// Transfers in a block, but for the last one.
  int transfersPerBlock();

  /// Who has how much at first.
  List<GenesisAllocation> allocations();

  /// The transfers of the next block; empty after the last one.
  ///
  /// @throws IOException when they cannot be read
  List<SignedTransaction> next() throws IOException;

  @Override
  void close() throws IOException;
}
