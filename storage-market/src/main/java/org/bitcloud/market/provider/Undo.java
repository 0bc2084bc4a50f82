package org.bitcloud.market.provider;

import java.util.List;
import org.bitcloud.primitives.Hash;

/// How to get the sector list of a revision back from the one after it.
///
/// @param number the revision whose list this restores; 0 for the empty list before the first
/// @param root the contract root of that list
/// @param keep how many leading sectors both lists share
/// @param removed the sectors that only the older list has, in order
record Undo(long number, Hash root, int keep, List<Hash> removed) {
  Undo {
    removed = List.copyOf(removed);
  }
}
