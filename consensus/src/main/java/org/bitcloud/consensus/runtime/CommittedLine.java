package org.bitcloud.consensus.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.EngineDescriptor;
import org.bitcloud.consensus.Finality;
import org.bitcloud.primitives.Bytes;

/// The log of an engine that keeps none of its own and whose blocks are final by depth: the encoded
/// headers of the committed line, so that it knows what stands below its head.
public final class CommittedLine implements EngineLog {
  private static final int HEADERS_MAX = 2048;

  private final ChainView chain;

  private CommittedLine(ChainView chain) {
    this.chain = chain;
  }

  /// The log that an engine needs: the line under finality by depth, else none.
  public static EngineLog of(EngineDescriptor engine, ChainView chain) {
    return engine.finality() instanceof Finality.Probabilistic
        ? new CommittedLine(chain)
        : EngineLog.NONE;
  }

  /// Refuses: the line grows by decisions only.
  @Override
  public void append(Bytes entry, boolean durable) {
    throw new IllegalStateException("this engine was started without a log of its own");
  }

  @Override
  public List<Bytes> entries() {
    Deque<Bytes> entries = new ArrayDeque<>();
    Optional<BlockHeader> at = Optional.of(chain.head());
    while (at.isPresent() && entries.size() < HEADERS_MAX) {
      entries.push(at.get().encode());
      at = chain.header(at.get().parent());
    }
    return List.copyOf(entries);
  }
}
