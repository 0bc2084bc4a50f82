package org.bitcloud.chain.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// The nodes that change when entries do, each with what it was before; kept by parts, so that
/// several threads can work at once.
final class NodeChanges implements StateCommitment.Nodes {
  private final StateCommitment commitment;
  private final StateCommitment.NodeReader below;
  private final List<Map<Bytes, StateDelta.NodeChange>> parts =
      new ArrayList<>(StateCommitment.PARTS);

  NodeChanges(StateCommitment commitment, StateCommitment.NodeReader below) {
    this.commitment = commitment;
    this.below = below;
    for (int i = 0; i < StateCommitment.PARTS; i++) {
      parts.add(new HashMap<>());
    }
  }

  @Override
  public StateCommitment.@Nullable Node get(Bytes position) {
    StateDelta.NodeChange change = parts.get(commitment.part(position)).get(position);
    return change != null ? change.after() : below.get(position);
  }

  @Override
  public void put(Bytes position, StateCommitment.Node node) {
    set(position, node);
  }

  @Override
  public void delete(Bytes position) {
    set(position, null);
  }

  private void set(Bytes position, StateCommitment.@Nullable Node node) {
    Map<Bytes, StateDelta.NodeChange> changes = parts.get(commitment.part(position));
    StateDelta.NodeChange earlier = changes.get(position);
    StateCommitment.Node before = earlier != null ? earlier.before() : below.get(position);
    changes.put(position, new StateDelta.NodeChange(before, node));
  }

  /// All changes so far.
  Map<Bytes, StateDelta.NodeChange> changes() {
    int size = parts.stream().mapToInt(Map::size).sum();
    Map<Bytes, StateDelta.NodeChange> all = HashMap.newHashMap(size);
    parts.forEach(all::putAll);
    return all;
  }
}
