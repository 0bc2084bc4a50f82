package org.bitcloud.market.renter;

import java.util.List;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Hash;

/// What an `rm` achieved.
///
/// @param id the object that is gone from the index
/// @param contracts contracts that end; their escrow's rest comes back when they do
/// @param fees drops paid for transactions
/// @param warnings providers that did not answer: their sectors go when they see the chain
public record RemoveResult(Hash id, int contracts, Amount fees, List<String> warnings) {
  /// Copies the warnings.
  public RemoveResult {
    warnings = List.copyOf(warnings);
  }
}
