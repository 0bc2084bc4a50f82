package org.bitcloud.consensus.ledger;

import java.time.Instant;
import org.bitcloud.chain.block.BlockBody;

/// Bounds of a payload to build.
///
/// @param bytesMax most bytes of the encoded body; the protocol's bound holds too
/// @param gasMax most gas to use; the block's limit holds too
/// @param deadline when to stop adding transactions
public record PayloadLimits(int bytesMax, long gasMax, Instant deadline) {
  /// As full as the protocol allows, by `deadline`.
  public static PayloadLimits until(Instant deadline) {
    return new PayloadLimits(BlockBody.BODY_BYTES_MAX, Long.MAX_VALUE, deadline);
  }
}
