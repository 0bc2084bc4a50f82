package org.bitcloud.chain.state;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bitcloud.primitives.Bytes;

/// The nodes of the stored state that were used last. Belongs to one thread.
final class NodeCache extends LinkedHashMap<Bytes, StateCommitment.Node> {
  @Serial private static final long serialVersionUID = 1;

  private final int nodesMax;

  NodeCache(int nodesMax) {
    super(16, 0.75f, true);
    this.nodesMax = nodesMax;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<Bytes, StateCommitment.Node> eldest) {
    return size() > nodesMax;
  }
}
