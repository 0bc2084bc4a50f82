package org.bitcloud.node.bench;

import java.io.IOException;
import java.nio.file.Path;

/// Where the transfers of a measurement come from.
public final class TransferPlans {
  private TransferPlans() {}

  /// Transfers made from a seed: the same numbers give the same bytes.
  public static TransferPlan seeded(int blocks, int transfersPerBlock, int senders) {
    return new SeededTransfers(blocks, transfersPerBlock, senders);
  }

  /// Transactions of another program, in blocks of a given size.
  ///
  /// @param raw one raw transaction in hex on each line
  /// @param alloc one `address drops` on each line
  /// @throws IOException when a file cannot be read, or a line is none
  public static TransferPlan given(Path raw, Path alloc, int blocks, int transfersPerBlock)
      throws IOException {
    return new GivenTransfers(raw, alloc, blocks, transfersPerBlock);
  }
}
