package org.bitcloud.market.renter;

import java.util.List;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// What a `put` achieved.
///
/// @param id the SHA-256 of the manifest as stored, by which anyone asks for the object
/// @param sha256 the SHA-256 of the object
/// @param bytes the size of the object
/// @param erasure the code used
/// @param shardsPlaced how many of its shards are placed; at least [Erasure#placedMin]
/// @param escrow drops locked for the whole term; the unused rest comes back
/// @param fees drops paid for transactions
/// @param endWindow the window after which the contracts end, counted as if none were void
/// @param key the key of a private object's manifest; null when it is public
/// @param warnings sentences for people
public record PutResult(
    Hash id,
    Hash sha256,
    long bytes,
    Erasure erasure,
    int shardsPlaced,
    Amount escrow,
    Amount fees,
    long endWindow,
    @Nullable Bytes key,
    List<String> warnings) {
  /// Copies the warnings.
  public PutResult {
    warnings = List.copyOf(warnings);
  }

  /// Escrow and fees together, in drops.
  public Amount cost() {
    return escrow.plus(fees);
  }
}
