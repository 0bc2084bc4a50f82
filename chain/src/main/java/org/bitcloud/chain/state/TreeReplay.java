package org.bitcloud.chain.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.store.CorruptStoreException;
import org.bitcloud.store.StoreReader;
import org.jspecify.annotations.Nullable;

/// Brings the stored nodes, which lag behind, up to the head when the state is opened: the undo
/// data of the heights between names every key that changed, and the store has its value.
final class TreeReplay {
  private TreeReplay() {}

  /// Computes the nodes of the head and hands them to the tree.
  ///
  /// @throws CorruptStoreException if they do not give the root that is recorded
  static void run(
      StoredTree tree,
      StoreReader store,
      StateHead head,
      StateCommitment commitment,
      Workers workers) {
    if (head.tree().equals(head.height())) {
      return;
    }
    NodeChanges changes = new NodeChanges(commitment, tree);
    commitment.apply(changes, changesSince(store, head), workers);
    if (!commitment.root(changes).equals(head.root())) {
      throw new CorruptStoreException(
          "the state tree of height %s does not lead to the root of height %s"
              .formatted(head.tree(), head.height()),
          null);
    }
    tree.advance(changes.changes());
  }

  private static List<StateCommitment.Change> changesSince(StoreReader store, StateHead head) {
    Map<Hash, Bytes> keys = new HashMap<>();
    for (Height at = head.tree().next(); !head.height().isBefore(at); at = at.next()) {
      StateHistory.Undone undone = StateHistory.undone(store, at);
      for (StateHistory.Old old : StateHistory.overwritten(store, at, undone)) {
        keys.put(Sha256.hash(old.key()), old.key());
      }
    }
    List<Bytes> ordered = new ArrayList<>(keys.values());
    List<@Nullable Bytes> values = store.getAll(StoredValues.VALUES, ordered);
    List<StateCommitment.Change> changes = new ArrayList<>(ordered.size());
    for (int i = 0; i < ordered.size(); i++) {
      Bytes value = values.get(i);
      changes.add(
          new StateCommitment.Change(
              Sha256.hash(ordered.get(i)), value == null ? null : Sha256.hash(value)));
    }
    changes.sort(Comparator.comparing(StateCommitment.Change::keyHash));
    return changes;
  }
}
