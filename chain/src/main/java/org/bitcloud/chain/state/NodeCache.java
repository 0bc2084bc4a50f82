package org.bitcloud.chain.state;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// The nodes of the stored state that were used last, within a bound of bytes.
///
/// Split by the part of the state they belong to, as [StateCommitment#part] names it: several
/// threads may use the cache at once if each keeps to parts of its own.
final class NodeCache {
  /// Of an entry beside its node: the key, the links of the map and a slot of its table.
  static final int ENTRY_BYTES = 144;

  private final Part[] parts = new Part[StateCommitment.PARTS];

  NodeCache() {
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new Part();
    }
  }

  /// What keeping a node costs, bytes.
  static int cost(StateCommitment.Node node) {
    return ENTRY_BYTES + node.memory();
  }

  StateCommitment.@Nullable Node get(int part, Bytes position) {
    return parts[part].nodes.get(position);
  }

  void put(int part, Bytes position, StateCommitment.Node node) {
    parts[part].put(position, node);
  }

  void remove(int part, Bytes position) {
    parts[part].remove(position);
  }

  /// Sets how many bytes may be kept from now on; for the owner, while no other thread is at it.
  void bound(long bytes) {
    for (Part part : parts) {
      part.bytesMax = bytes / parts.length;
      part.trim();
    }
  }

  private static final class Part {
    private final LinkedHashMap<Bytes, StateCommitment.Node> nodes =
        new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long bytesMax;

    void put(Bytes position, StateCommitment.Node node) {
      StateCommitment.Node before = nodes.put(position, node);
      bytes += cost(node) - (before == null ? 0 : cost(before));
      trim();
    }

    void remove(Bytes position) {
      StateCommitment.Node before = nodes.remove(position);
      bytes -= before == null ? 0 : cost(before);
    }

    void trim() {
      Iterator<Map.Entry<Bytes, StateCommitment.Node>> oldest = nodes.entrySet().iterator();
      while (bytes > bytesMax && oldest.hasNext()) {
        bytes -= cost(oldest.next().getValue());
        oldest.remove();
      }
    }
  }
}
