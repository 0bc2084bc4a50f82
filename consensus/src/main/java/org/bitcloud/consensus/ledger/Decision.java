package org.bitcloud.consensus.ledger;

import java.util.Map;
import java.util.Optional;
import org.bitcloud.chain.block.BlockRef;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// What an engine tells the ledger to make true, in one atomic step with the engine's own entries.
public sealed interface Decision {
  /// The new head, which the ledger has checked.
  BlockRef tip();

  /// The engine's entries to write in the same batch; an empty value deletes.
  Map<Bytes, Optional<Bytes>> sideData();

  /// The tip and all its ancestors are final.
  record Finalize(BlockRef tip, FinalityProof proof, Map<Bytes, Optional<Bytes>> sideData)
      implements Decision {
    /// Takes an unmodifiable copy.
    public Finalize {
      sideData = Map.copyOf(sideData);
    }

    /// Without side data.
    public Finalize(BlockRef tip, FinalityProof proof) {
      this(tip, proof, Map.of());
    }
  }

  /// The tip is the best block known and may still be undone.
  ///
  /// @param safe the block that is unlikely to be undone: the tip or an ancestor
  /// @param finalized the block that never is: `safe` or an ancestor
  /// @param score the tip's
  record SwitchHead(
      BlockRef tip, Hash safe, Hash finalized, Score score, Map<Bytes, Optional<Bytes>> sideData)
      implements Decision {
    /// Takes an unmodifiable copy.
    public SwitchHead {
      sideData = Map.copyOf(sideData);
    }
  }
}
