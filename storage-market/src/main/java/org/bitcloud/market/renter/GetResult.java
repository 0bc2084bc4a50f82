package org.bitcloud.market.renter;

import java.util.List;
import org.bitcloud.primitives.Hash;

/// What a `get` achieved.
///
/// @param id the object
/// @param sha256 the SHA-256 of the whole object, checked when all of it was fetched
/// @param bytes how many were written, those of an earlier interrupted `get` not counted
/// @param resumedFrom position at which an earlier `get` had been interrupted; 0 if none had
/// @param warnings providers that answered wrongly
public record GetResult(Hash id, Hash sha256, long bytes, long resumedFrom, List<String> warnings) {
  /// Copies the warnings.
  public GetResult {
    warnings = List.copyOf(warnings);
  }
}
