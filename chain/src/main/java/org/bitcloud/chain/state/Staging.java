package org.bitcloud.chain.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.store.WriteBatch;
import org.jspecify.annotations.Nullable;

/// The moves of the head that one batch holds but that are not yet written.
final class Staging {
  private final StoredTree tree;
  private final StoredValues values;
  private final List<Step> path = new ArrayList<>();
  private @Nullable WriteBatch pending;

  Staging(StoredTree tree, StoredValues values) {
    this.tree = tree;
    this.values = values;
  }

  /// Which way the head goes.
  enum Direction {
    /// To the state after the next block.
    COMMIT,
    /// To the state before the last block.
    REVERT
  }

  /// One move of the head.
  ///
  /// @param treeWritten whether the batch holds all nodes as they are after it
  record Step(Direction direction, StateOverlay from, StateOverlay to, boolean treeWritten) {}

  boolean isEmpty() {
    return pending == null;
  }

  boolean hasCommits() {
    return path.stream().anyMatch(step -> step.direction == Direction.COMMIT);
  }

  /// Adds the next move.
  void add(Step step, WriteBatch batch) {
    Invariant.check(
        pending == null || pending == batch, "staged changes of another batch are not yet written");
    if (pending == null) {
      pending = batch;
      batch.onWritten(this::written);
    }
    path.add(step);
    if (step.treeWritten) {
      writeTree(batch);
    }
  }

  private void writeTree(WriteBatch batch) {
    int from = path.size() - 1;
    while (from > 0 && !path.get(from - 1).treeWritten) {
      from--;
    }
    List<Map<Bytes, StateDelta.NodeChange>> changes =
        path.subList(from, path.size()).stream().map(step -> step.to.delta().nodes()).toList();
    tree.write(batch, /* waiting= */ from == 0, changes);
  }

  /// The batch was written: what is stored moves along the path.
  private void written() {
    for (Step step : path) {
      tree.advance(step.to.delta().nodes());
      values.advance(step.to.delta().values());
      if (step.treeWritten) {
        tree.written();
      }
      step.from.handBaseTo(step.to);
    }
    path.clear();
    pending = null;
  }
}
