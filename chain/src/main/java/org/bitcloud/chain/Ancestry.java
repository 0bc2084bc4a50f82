package org.bitcloud.chain;

import java.util.Optional;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.primitives.Hash;

/// The headers below one block, for an engine that checks a seal by its past.
public interface Ancestry {
  /// Returns the parent's header.
  BlockHeader parent();

  /// Returns any known header by hash: ancestors first of all, of whatever branch.
  Optional<BlockHeader> header(Hash hash);
}
