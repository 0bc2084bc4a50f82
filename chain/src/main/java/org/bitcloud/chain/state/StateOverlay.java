package org.bitcloud.chain.state;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Invariant;
import org.bitcloud.primitives.InvariantViolation;
import org.jspecify.annotations.Nullable;

/// A state that differs from its parent by what was written to it, held in memory until committed.
///
/// First it is open to writes; [#seal] computes the root and freezes it; then children can grow on
/// it. It stays true when the stored head moves, also to another branch. Belongs to the thread of
/// its [StateStore].
public final class StateOverlay {
  /* All overlays form a tree, and exactly one of them at a time equals what is stored: the base,
   * which has no parent and no delta of its own. Every other one reads through its parents up to
   * the base. When the head moves from the base to one of its children, that child becomes the
   * base and the old base becomes its child, with the same delta read backwards. So nobody's view
   * changes, whichever way the head goes, and an old base that no fork refers to is garbage.
   */
  private final StateStore store;
  private @Nullable StateOverlay parent;

  // Open: what was written and what was read through, until sealed.
  private Map<Bytes, Written> written = new LinkedHashMap<>();
  private Map<Bytes, Written> originals = new HashMap<>();

  // Sealed: the difference to the parent, or, if `backwards`, of the parent to this.
  private @Nullable StateDelta delta;
  private boolean backwards;
  private @Nullable Hash root;

  // Entries that a thread hashes at a time.
  private static final int CHUNK = 256;

  private record Written(@Nullable Bytes value) {}

  private StateOverlay(StateStore store, @Nullable StateOverlay parent) {
    this.store = store;
    this.parent = parent;
  }

  /// The overlay that equals the stored state.
  static StateOverlay base(StateStore store, Hash root) {
    StateOverlay base = new StateOverlay(store, null);
    base.root = root;
    return base;
  }

  /// The value of a key, or null if there is none.
  public @Nullable Bytes get(Bytes key) {
    if (root != null) {
      return lookup(key);
    }
    Written here = written.get(key);
    return here != null ? here.value : original(key);
  }

  /// Sets the value of a key.
  ///
  /// @throws InvariantViolation if sealed, or a size is out of bounds
  public void put(Bytes key, Bytes value) {
    Invariant.check(value.size() <= StateStore.VALUE_SIZE_MAX, "value of more than 1 MiB");
    write(key, value);
  }

  /// Removes a key, if it is there.
  ///
  /// @throws InvariantViolation if sealed, or a size is out of bounds
  public void delete(Bytes key) {
    write(key, null);
  }

  private void write(Bytes key, @Nullable Bytes value) {
    Invariant.check(root == null, "a sealed overlay is not written to");
    Invariant.check(
        !key.isEmpty() && key.size() <= StateStore.KEY_SIZE_MAX, "keys have 1 to 1,024 bytes");
    written.put(key, new Written(value));
  }

  /// The value in the parent, looked up once.
  private @Nullable Bytes original(Bytes key) {
    Written known = originals.get(key);
    if (known == null) {
      known = new Written(parent().lookup(key));
      originals.put(key, known);
    }
    return known.value;
  }

  /// Computes the root and closes the overlay to writes; sealing again just returns the root.
  @CanIgnoreReturnValue
  public Hash seal() {
    if (root != null) {
      return root;
    }
    StateOverlay below = parent();
    List<ChangedEntry> changed = changed();
    List<StateCommitment.Change> changes = new ArrayList<>(changed.size());
    Map<Bytes, StateDelta.ValueChange> values = LinkedHashMap.newLinkedHashMap(changed.size());
    for (ChangedEntry entry : changed) {
      changes.add(entry.hashes());
      values.put(entry.key(), entry.change());
    }
    NodeChanges nodes = new NodeChanges(store.commitment(), below::node);
    store.commitment().apply(nodes, changes, store.workers());
    Hash computed = changes.isEmpty() ? below.root() : store.commitment().root(nodes);
    root = computed;
    delta = new StateDelta(values, nodes.changes(), computed);
    written = Map.of();
    originals = Map.of();
    return computed;
  }

  /// What was written and differs from the parent, in the order of hashed keys.
  private List<ChangedEntry> changed() {
    readOriginals(written.keySet());
    List<Map.Entry<Bytes, Written>> differing = new ArrayList<>(written.size());
    for (Map.Entry<Bytes, Written> entry : written.entrySet()) {
      if (!Objects.equals(original(entry.getKey()), entry.getValue().value)) {
        differing.add(entry);
      }
    }
    ChangedEntry[] changed = new ChangedEntry[differing.size()];
    store
        .workers()
        .run(
            (changed.length + CHUNK - 1) / CHUNK,
            chunk -> {
              int end = Math.min(changed.length, (chunk + 1) * CHUNK);
              for (int i = chunk * CHUNK; i < end; i++) {
                Bytes key = differing.get(i).getKey();
                Written before = originals.get(key);
                changed[i] =
                    ChangedEntry.of(
                        key,
                        before == null ? null : before.value,
                        differing.get(i).getValue().value);
              }
            });
    Arrays.sort(changed);
    return Arrays.asList(changed);
  }

  /// Looks up at once what keys have in the parent, so that later reads of them are cheap.
  ///
  /// @throws InvariantViolation if sealed
  public void readAhead(Collection<Bytes> keys) {
    Invariant.check(root == null, "a sealed overlay reads nothing ahead");
    readOriginals(keys);
  }

  private void readOriginals(Collection<Bytes> keys) {
    List<Bytes> unread = new ArrayList<>();
    for (Bytes key : keys) {
      if (!originals.containsKey(key)) {
        unread.add(key);
      }
    }
    originals.putAll(parent().lookup(unread));
  }

  /// Whether [#seal] was called.
  public boolean isSealed() {
    return root != null;
  }

  /// The root of the state.
  ///
  /// @throws IllegalStateException if not sealed
  public Hash root() {
    if (root == null) {
      throw new IllegalStateException("the overlay is not sealed");
    }
    return root;
  }

  /// A new overlay on this one, open to writes.
  ///
  /// @throws InvariantViolation if this one is not sealed
  public StateOverlay child() {
    Invariant.check(isSealed(), "only a sealed overlay has children");
    return new StateOverlay(store, this);
  }

  /// A proof of the value of a key, or of its absence, under [#root].
  ///
  /// @throws InvariantViolation if not sealed
  public StateProof prove(Bytes key) {
    Invariant.check(isSealed(), "only a sealed overlay proves anything");
    return store.commitment().prove(this::node, key, lookup(key));
  }

  /// How many entries differ from the parent once sealed; how many were written before.
  public int changeCount() {
    return delta == null ? written.size() : delta.values().size();
  }

  StateDelta delta() {
    if (delta == null) {
      throw new IllegalStateException("the stored state has no delta");
    }
    return backwards ? delta.inverted(root()) : delta;
  }

  /// This state as a child of another one: itself if it can be, else a stand-in.
  StateOverlay on(StateOverlay state) {
    boolean above = state.isOver(this);
    if (!above && parent != null && parent.root().equals(state.root())) {
      delta = delta();
      backwards = false;
      parent = state;
      return this;
    }
    StateOverlay standIn = new StateOverlay(store, state);
    standIn.root = root();
    standIn.delta = difference(state);
    if (!above) {
      // So that what grows on this one finds its way by few steps.
      parent = standIn;
      backwards = false;
      delta = new StateDelta(Map.of(), Map.of(), root());
    }
    return standIn;
  }

  /// Whether reads of this overlay pass through another one.
  private boolean isOver(StateOverlay other) {
    StateOverlay at = this;
    while (at != other && at.parent != null) {
      at = at.parent;
    }
    return at == other;
  }

  /// How this state differs from another.
  private StateDelta difference(StateOverlay from) {
    Map<Bytes, StateDelta.ValueChange> values = new LinkedHashMap<>();
    Map<Bytes, StateDelta.NodeChange> nodes = new HashMap<>();
    for (StateOverlay start : List.of(from, this)) {
      for (StateOverlay at = start; at.parent != null && at.delta != null; at = at.parent) {
        at.delta.values().forEach((key, change) -> values.put(key, change));
        at.delta.nodes().forEach((position, change) -> nodes.put(position, change));
      }
    }
    values.replaceAll(
        (key, change) ->
            new StateDelta.ValueChange(change.keyHash(), from.lookup(key), lookup(key)));
    values.values().removeIf(change -> Objects.equals(change.before(), change.after()));
    nodes.replaceAll(
        (position, _) -> new StateDelta.NodeChange(from.node(position), node(position)));
    return new StateDelta(values, nodes, root());
  }

  /// Follows the stored state from this overlay, the base, to one of its children.
  void handBaseTo(StateOverlay child) {
    Invariant.check(parent == null && delta == null, "only the base hands the base on");
    Invariant.check(
        child.parent == this && !child.backwards, "the head moves by one step at a time");
    delta = child.delta;
    backwards = true;
    parent = child;
    child.parent = null;
    child.delta = null;
  }

  private StateOverlay parent() {
    if (parent == null) {
      throw new IllegalStateException("the stored state has no parent");
    }
    return parent;
  }

  private @Nullable Bytes lookup(Bytes key) {
    Written changed = changed(key);
    return changed == null ? store.values().get(key) : changed.value;
  }

  /// The value in this state if it differs from the stored one, or may.
  private @Nullable Written changed(Bytes key) {
    StateOverlay overlay = this;
    while (overlay.parent != null && overlay.delta != null) {
      StateDelta.ValueChange change = overlay.delta.values().get(key);
      if (change != null) {
        return new Written(overlay.backwards ? change.before() : change.after());
      }
      overlay = overlay.parent;
    }
    return null;
  }

  private Map<Bytes, Written> lookup(List<Bytes> keys) {
    Map<Bytes, Written> found = HashMap.newHashMap(keys.size());
    List<Bytes> stored = new ArrayList<>(keys.size());
    for (Bytes key : keys) {
      Written changed = changed(key);
      if (changed == null) {
        stored.add(key);
      } else {
        found.put(key, changed);
      }
    }
    List<@Nullable Bytes> values = store.values().getAll(stored);
    for (int i = 0; i < values.size(); i++) {
      found.put(stored.get(i), new Written(values.get(i)));
    }
    return found;
  }

  private StateCommitment.@Nullable Node node(Bytes position) {
    StateOverlay overlay = this;
    while (overlay.parent != null && overlay.delta != null) {
      StateDelta.NodeChange change = overlay.delta.nodes().get(position);
      if (change != null) {
        return overlay.backwards ? change.before() : change.after();
      }
      overlay = overlay.parent;
    }
    return store.storedNode(position);
  }
}
