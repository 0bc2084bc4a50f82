package org.bitcloud.chain.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.primitives.InvariantViolation;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.store.Column;
import org.bitcloud.store.CorruptStoreException;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.KeyRange;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.Order;
import org.bitcloud.store.Snapshot;
import org.bitcloud.store.WriteBatch;
import org.jspecify.annotations.Nullable;

/// The committed world state, its commitment and its undo data, in columns of a store.
///
/// Changes are staged in a [WriteBatch], so that they become durable together with whatever else
/// the caller puts there. One thread owns the state with all its overlays; only [#view] and
/// [#recomputeRoot] may be called from others.
public final class StateStore {
  /// Bytes of a key: enough for a corporation's address and any entry name.
  public static final int KEY_SIZE_MAX = 1_024;

  /// Bytes of a value: a proof with it still fits a message.
  public static final int VALUE_SIZE_MAX = 1 << 20;

  // So that a lowered undo depth does not make one block pay for all that goes.
  private static final int PRUNED_PER_COMMIT_MAX = 16;

  private final KeyValueStore store;
  private final StateOptions options;
  private final Workers workers;
  private final StoredTree tree;
  private final StoredValues values;

  // The last staged state; equal to the stored one while no batch is pending.
  private StateOverlay head;
  private @Nullable StateHead stagedHead;
  private final Staging staging;

  private StateStore(KeyValueStore store, StateOptions options, Workers workers) {
    this.store = store;
    this.options = options;
    this.workers = workers;
    this.tree = new StoredTree(store, options);
    this.values = new StoredValues(store, options, workers);
    this.stagedHead = StateHead.read(store);
    this.head = StateOverlay.base(this, stagedHead == null ? Hash.ZERO : stagedHead.root());
    this.staging = new Staging(tree, values);
  }

  /// The columns that a store needs to hold the state.
  public static List<Column> columns() {
    return List.of(
        StoredValues.VALUES,
        StoredTree.NODES,
        StateHistory.VALUES,
        StateHistory.CHANGES,
        StateHead.COLUMN);
  }

  /// Opens the state in a store, empty if there is none.
  ///
  /// @throws CorruptStoreException if the stored root is not that of the stored nodes
  /// @throws IllegalStateException if another commitment wrote the state
  public static StateStore open(KeyValueStore store, StateOptions options) {
    return open(store, options, Workers.NONE);
  }

  /// Opens the state as [#open(KeyValueStore, StateOptions)] does, with threads that help to
  /// compute roots.
  public static StateStore open(KeyValueStore store, StateOptions options, Workers workers) {
    StateStore state = new StateStore(store, options, workers);
    StateHead head = state.stagedHead;
    String name = options.commitment().name();
    if (head != null && !head.commitment().equals(name)) {
      throw new IllegalStateException(
          "the state was written with " + head.commitment() + " but is read with " + name);
    }
    if (head != null) {
      TreeReplay.run(state.tree, store, head, options.commitment(), workers);
    }
    if (!options.commitment().root(state.tree).equals(state.root())) {
      throw new CorruptStoreException("the state tree does not belong to the recorded root", null);
    }
    return state;
  }

  /// Whether nothing was committed yet.
  public boolean isEmpty() {
    return stagedHead == null;
  }

  /// The height of the head, staged changes included.
  ///
  /// @throws IllegalStateException if nothing was committed yet
  public Height height() {
    return known().height();
  }

  /// The root of the head, staged changes included; [Hash#ZERO] if nothing was committed yet.
  public Hash root() {
    return head.root();
  }

  /// The lowest height whose state can still be read.
  ///
  /// @throws IllegalStateException if nothing was committed yet
  public Height oldest() {
    return known().oldest();
  }

  /// The state of the head, staged changes included.
  public StateOverlay head() {
    return head;
  }

  private StateHead known() {
    if (stagedHead == null) {
      throw new IllegalStateException("no state was committed yet");
    }
    return stagedHead;
  }

  /// Stages the state of an overlay as the next head; it takes effect when the batch is written.
  ///
  /// Cheap if the overlay grows on the state of the head, as that of the next block does.
  ///
  /// @param next sealed if it is not yet
  /// @param height one above the head, any if nothing was committed yet
  /// @throws InvariantViolation if the height is wrong, or another batch with staged changes is not
  ///   yet written
  public void commit(StateOverlay next, Height height, WriteBatch batch) {
    StateHead before = stagedHead;
    Invariant.check(
        before == null || height.equals(before.height().next()),
        "the head moves up one height at a time");
    Hash root = next.seal();
    StateOverlay step = next.on(head);
    Height oldest = height;
    if (before != null) {
      StateHistory.write(batch, height, before.root(), step.delta().values());
      // Records of heights staged in the same batch cannot be read yet; a later commit catches up.
      oldest = staging.isEmpty() ? prune(before.oldest(), height, batch) : before.oldest();
    }
    Height tree = before == null || isTreeDue(before, height) ? height : before.tree();
    StateHead after = new StateHead(height, root, oldest, options.commitment().name(), tree);
    stage(Staging.Direction.COMMIT, step, after, batch);
  }

  private boolean isTreeDue(StateHead before, Height height) {
    return tree.isFull() || height.minus(before.tree()) > options.lagMax();
  }

  /// Stages more entries of a state that is brought in from elsewhere, in parts of one height; no
  /// older state can be read afterwards. Each part has a root of its own, the last one the state's.
  ///
  /// @param part grown on the head
  /// @throws InvariantViolation if another batch with staged changes is not yet written
  public void load(StateOverlay part, Height height, WriteBatch batch) {
    Invariant.check(
        stagedHead == null
            || (stagedHead.height().equals(height) && stagedHead.oldest().equals(height)),
        "a state is loaded before the first block is committed");
    Hash root = part.seal();
    // No history leads to this height, so the tree is never behind it.
    StateHead loaded = new StateHead(height, root, height, options.commitment().name(), height);
    stage(Staging.Direction.COMMIT, part.on(head), loaded, batch);
  }

  /// Stages the state before the head as the next head; it takes effect when the batch is written.
  ///
  /// Several may be staged in one batch, and commits after them, but no revert after a commit.
  ///
  /// @throws UnreachableHeightException if the state before the head is not kept
  /// @throws InvariantViolation if another batch with staged changes is not yet written
  public void revert(WriteBatch batch) {
    StateHead now = known();
    Invariant.check(!staging.hasCommits(), "reverts come before commits in a batch");
    if (!now.oldest().isBefore(now.height())) {
      throw new UnreachableHeightException(
          Height.of(Math.max(0, now.height().value() - 1)), now.oldest(), now.height());
    }
    StateHistory.Undone undone = StateHistory.undone(store, now.height());
    StateOverlay before = head.child();
    undo(before, now.height(), undone);
    StateHistory.erase(batch, now.height(), undone);
    Height height = now.height().minus(1);
    // Nodes of a height that is no more could not be brought up to another.
    Height tree = height.isBefore(now.tree()) ? height : now.tree();
    StateHead after = new StateHead(height, undone.root(), now.oldest(), now.commitment(), tree);
    stage(Staging.Direction.REVERT, before, after, batch);
  }

  /// The state of an older height, as a sealed overlay on which others can grow.
  ///
  /// Costs as much as the changes since then; meant for the bases of forks and for proofs. Reads of
  /// older values are cheaper through [#view(Height)].
  ///
  /// @throws UnreachableHeightException if that height is not kept
  /// @throws InvariantViolation while staged changes are not yet written
  public StateOverlay at(Height height) {
    StateHead now = known();
    Invariant.check(staging.isEmpty(), "staged changes are not yet written");
    now.checkReachable(height);
    if (height.equals(now.height())) {
      return head;
    }
    StateOverlay overlay = head.child();
    Hash expected = now.root();
    for (Height at = now.height(); height.isBefore(at); at = at.minus(1)) {
      StateHistory.Undone undone = StateHistory.undone(store, at);
      StateHistory.overwritten(store, at, undone).forEach(old -> restore(overlay, old));
      expected = undone.root();
    }
    checkRoot(overlay, height, expected);
    return overlay;
  }

  private void undo(StateOverlay overlay, Height height, StateHistory.Undone undone) {
    StateHistory.overwritten(store, height, undone).forEach(old -> restore(overlay, old));
    checkRoot(overlay, height.minus(1), undone.root());
  }

  private static void restore(StateOverlay overlay, StateHistory.Old old) {
    Bytes value = old.value();
    if (value == null) {
      overlay.delete(old.key());
    } else {
      overlay.put(old.key(), value);
    }
  }

  private static void checkRoot(StateOverlay overlay, Height height, Hash expected) {
    if (!overlay.seal().equals(expected)) {
      throw new CorruptStoreException(
          "undoing to height " + height + " gives another root than that height had", null);
    }
  }

  /// Drops what lies deeper than the undo depth; returns the lowest height that stays.
  private Height prune(Height oldest, Height newest, WriteBatch batch) {
    Height keep = oldest;
    for (int i = 0; i < PRUNED_PER_COMMIT_MAX && newest.minus(keep) > options.undoDepth(); i++) {
      keep = keep.next();
      StateHistory.erase(batch, keep, StateHistory.undone(store, keep));
    }
    return keep;
  }

  private void stage(
      Staging.Direction direction, StateOverlay next, StateHead nextHead, WriteBatch batch) {
    boolean treeWritten = nextHead.tree().equals(nextHead.height());
    staging.add(new Staging.Step(direction, head, next, treeWritten), batch);
    // Neighbours are cheaper to insert one after the other.
    List<Map.Entry<Bytes, StateDelta.ValueChange>> sorted =
        new ArrayList<>(next.delta().values().entrySet());
    sorted.sort(Map.Entry.comparingByKey());
    sorted.forEach(
        entry -> set(batch, StoredValues.VALUES, entry.getKey(), entry.getValue().after()));
    batch.put(StateHead.COLUMN, StateHead.KEY, nextHead.encode());
    head = next;
    stagedHead = nextHead;
  }

  private static void set(WriteBatch batch, Column column, Bytes key, @Nullable Bytes value) {
    if (value == null) {
      batch.delete(column, key);
    } else {
      batch.put(column, key, value);
    }
  }

  /// A view of the head as it is stored now. May be called from any thread.
  ///
  /// @throws IllegalStateException if nothing was committed yet
  public StateView view() {
    return StateView.open(store.snapshot(), null);
  }

  /// A view of the state of a height. May be called from any thread.
  ///
  /// @throws UnreachableHeightException if that height is not kept
  /// @throws IllegalStateException if nothing was committed yet
  public StateView view(Height height) {
    return StateView.open(store.snapshot(), height);
  }

  /// The root computed anew from every stored value, to be compared with the recorded one.
  ///
  /// Reads the whole state and needs some 200 bytes of memory for each entry. May be called from
  /// any thread.
  public Hash recomputeRoot() {
    List<StateCommitment.Change> entries = new ArrayList<>();
    try (Snapshot snapshot = store.snapshot();
        Cursor cursor = snapshot.range(StoredValues.VALUES, KeyRange.ALL, Order.ASCENDING)) {
      while (cursor.next()) {
        Hash keyHash = Sha256.hash(cursor.key());
        entries.add(new StateCommitment.Change(keyHash, Sha256.hash(cursor.value())));
      }
    }
    entries.sort(Comparator.comparing(StateCommitment.Change::keyHash));
    return options.commitment().rootOf(entries);
  }

  StateCommitment commitment() {
    return options.commitment();
  }

  /// The value of one key as it is stored now, or null if there is none. May be called from any
  /// thread. Costs a single read, where a [#view] costs three; two calls may see two states.
  public @Nullable Bytes storedValue(Bytes key) {
    return store.get(StoredValues.VALUES, key);
  }

  StoredValues values() {
    return values;
  }

  StateCommitment.@Nullable Node storedNode(Bytes position) {
    return tree.get(position);
  }

  Workers workers() {
    return workers;
  }
}
