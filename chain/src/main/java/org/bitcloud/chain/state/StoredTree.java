package org.bitcloud.chain.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.store.Column;
import org.bitcloud.store.CorruptStoreException;
import org.bitcloud.store.StoreReader;
import org.bitcloud.store.WriteBatch;
import org.jspecify.annotations.Nullable;

/// The nodes of the commitment over the stored state, most of them in memory.
///
/// Nodes can be computed from the values, so they are written behind: the store holds them as of
/// some earlier height, and those that changed since wait here until there are many.
///
/// Changed by the owner alone. While it does not, several threads may read at once if each keeps to
/// parts of its own, see [StateCommitment#part].
final class StoredTree implements StateCommitment.NodeReader {
  static final Column NODES = Column.raw("state-nodes");

  private final StoreReader store;
  private final StateCommitment commitment;
  private final long bytesMax;
  private final NodeCache clean = new NodeCache();
  private final Map<Bytes, Unwritten> unwritten = new HashMap<>();
  private long unwrittenBytes;

  /// What differs from the store; null for a node that is gone.
  private record Unwritten(StateCommitment.@Nullable Node node) {
    int cost() {
      return node == null ? NodeCache.ENTRY_BYTES : NodeCache.cost(node);
    }
  }

  StoredTree(StoreReader store, StateOptions options) {
    this.store = store;
    this.commitment = options.commitment();
    this.bytesMax = options.nodeBytes();
    clean.bound(bytesMax);
  }

  @Override
  public StateCommitment.@Nullable Node get(Bytes position) {
    Unwritten changed = unwritten.get(position);
    return changed != null ? changed.node() : written(position);
  }

  private StateCommitment.@Nullable Node written(Bytes position) {
    int part = commitment.part(position);
    StateCommitment.Node known = clean.get(part, position);
    if (known == null) {
      known = read(position);
      if (known != null) {
        clean.put(part, position, known);
      }
    }
    return known;
  }

  private StateCommitment.@Nullable Node read(Bytes position) {
    Bytes encoded = store.get(NODES, position);
    try {
      return encoded == null ? null : commitment.decode(position, encoded);
    } catch (MalformedException e) {
      throw new CorruptStoreException("the state tree is damaged at " + position.toHex(), e);
    }
  }

  /// Whether so much waits to be written that it should not grow further.
  boolean isFull() {
    return unwrittenBytes > bytesMax / 4 * 3;
  }

  /// Puts into a batch all that waits and what changes beyond it, the earliest first.
  ///
  /// @param waiting false if the batch holds already what waits
  void write(WriteBatch batch, boolean waiting, List<Map<Bytes, StateDelta.NodeChange>> changes) {
    Map<Bytes, Unwritten> nodes = waiting ? new HashMap<>(unwritten) : new HashMap<>();
    for (Map<Bytes, StateDelta.NodeChange> step : changes) {
      step.forEach((position, change) -> nodes.put(position, new Unwritten(change.after())));
    }
    List<Map.Entry<Bytes, Unwritten>> sorted = new ArrayList<>(nodes.entrySet());
    // Neighbours are cheaper to insert one after the other.
    sorted.sort(Map.Entry.comparingByKey());
    for (Map.Entry<Bytes, Unwritten> entry : sorted) {
      StateCommitment.Node node = entry.getValue().node();
      if (node == null) {
        batch.delete(NODES, entry.getKey());
      } else {
        batch.put(NODES, entry.getKey(), node.encode());
      }
    }
  }

  /// Moves on to the next stored state.
  void advance(Map<Bytes, StateDelta.NodeChange> changes) {
    changes.forEach(
        (position, change) -> {
          if (change.before() != null) {
            clean.remove(commitment.part(position), position);
          }
          Unwritten after = new Unwritten(change.after());
          Unwritten before = unwritten.put(position, after);
          unwrittenBytes += after.cost() - (before == null ? 0 : before.cost());
        });
    clean.bound(Math.max(0, bytesMax - unwrittenBytes));
  }

  /// Notes that the store holds every node as it is now.
  void written() {
    List<Map.Entry<Bytes, Unwritten>> done = List.copyOf(unwritten.entrySet());
    unwritten.clear();
    unwrittenBytes = 0;
    clean.bound(bytesMax);
    for (Map.Entry<Bytes, Unwritten> entry : done) {
      StateCommitment.Node node = entry.getValue().node();
      if (node != null) {
        clean.put(commitment.part(entry.getKey()), entry.getKey(), node);
      }
    }
  }
}
