package org.bitcloud.contracts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Invariant;
import org.jspecify.annotations.Nullable;

/// Changes over a state, kept apart from it until they are applied.
///
/// Reads see the changes first. [#mark] and [#rollback] undo the latest of them. For one thread;
/// the state beneath must not change meanwhile.
public final class Journal implements MutableState {
  // Stands for a deleted key; compared by identity, so no value of a caller is mistaken for it.
  private static final Bytes DELETED = Bytes.of((byte) 0);

  /// One key's change before it was changed again; null when it had none.
  private record Undo(Bytes key, @Nullable Bytes before) {}

  private final WorldState base;
  private final Map<Bytes, Bytes> changes = new HashMap<>();
  private final List<Undo> undo = new ArrayList<>();

  /// A journal without changes over `base`.
  public Journal(WorldState base) {
    this.base = base;
  }

  @Override
  public @Nullable Bytes get(Bytes key) {
    Bytes changed = changes.get(key);
    if (changed == null) {
      return base.get(key);
    }
    return isDeletion(changed) ? null : changed;
  }

  @Override
  public void put(Bytes key, Bytes value) {
    change(key, value);
  }

  @Override
  public void delete(Bytes key) {
    change(key, DELETED);
  }

  private void change(Bytes key, Bytes value) {
    undo.add(new Undo(key, changes.put(key, value)));
  }

  @SuppressWarnings("ReferenceEquality") // a marker object, not a value
  private static boolean isDeletion(Bytes value) {
    return value == DELETED;
  }

  /// A point that [#rollback] can return to.
  public int mark() {
    return undo.size();
  }

  /// Undoes every change made since the mark was taken.
  public void rollback(int mark) {
    Invariant.check(mark >= 0 && mark <= undo.size(), "journal mark is not in the past");
    while (undo.size() > mark) {
      Undo last = undo.removeLast();
      if (last.before() == null) {
        changes.remove(last.key());
      } else {
        changes.put(last.key(), last.before());
      }
    }
  }

  /// Every changed key with its new value, empty for a deleted one, in no particular order.
  ///
  /// A key that was set back to the value beneath is listed too. The map is a copy.
  public Map<Bytes, Optional<Bytes>> changes() {
    Map<Bytes, Optional<Bytes>> copy = HashMap.newHashMap(changes.size());
    changes.forEach(
        (key, value) -> copy.put(key, isDeletion(value) ? Optional.empty() : Optional.of(value)));
    return copy;
  }

  /// Makes the same changes in another state, usually the one beneath.
  public void applyTo(MutableState target) {
    changes.forEach(
        (key, value) -> {
          if (isDeletion(value)) {
            target.delete(key);
          } else {
            target.put(key, value);
          }
        });
  }
}
