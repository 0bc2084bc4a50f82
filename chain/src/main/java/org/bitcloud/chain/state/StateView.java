package org.bitcloud.chain.state;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;
import org.bitcloud.primitives.crypto.Sha256;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.KeyRange;
import org.bitcloud.store.Order;
import org.bitcloud.store.Snapshot;
import org.jspecify.annotations.Nullable;

/// The values of one height's committed state, unmoved by later blocks; must be closed. Safe for
/// use by many threads. Proofs come from [StateStore#head] and [StateStore#at].
public final class StateView implements AutoCloseable {
  private final Snapshot snapshot;
  private final Height height;
  private final Hash root;
  private final boolean isHead;

  private StateView(Snapshot snapshot, Height height, Hash root, boolean isHead) {
    this.snapshot = snapshot;
    this.height = height;
    this.root = root;
    this.isHead = isHead;
  }

  /// A view of a height, or of the head for null; closes the snapshot if there is none.
  static StateView open(Snapshot snapshot, @Nullable Height asked) {
    try {
      StateHead head = known(StateHead.read(snapshot));
      if (asked == null || asked.equals(head.height())) {
        return new StateView(snapshot, head.height(), head.root(), true);
      }
      head.checkReachable(asked);
      Hash root = StateHistory.undone(snapshot, asked.next()).root();
      return new StateView(snapshot, asked, root, false);
    } catch (RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }

  /// The height of the block that this is the state after.
  public Height height() {
    return height;
  }

  /// The root of this state.
  public Hash root() {
    return root;
  }

  /// The value of a key, or null if there is none.
  public @Nullable Bytes get(Bytes key) {
    if (!isHead) {
      StateHistory.Past past = StateHistory.valueAt(snapshot, Sha256.hash(key), height);
      if (past.found()) {
        return past.value();
      }
    }
    return snapshot.get(StoredValues.VALUES, key);
  }

  /// A walk over the entries of a range of keys, smallest first; must be closed.
  ///
  /// Of an older state it needs memory for every entry that was changed since.
  public Cursor scan(KeyRange range) {
    Cursor head = snapshot.range(StoredValues.VALUES, range, Order.ASCENDING);
    return isHead ? head : new PastCursor(head, overwritten(range));
  }

  /// What was changed in a range since this state, with the values that it has here.
  private NavigableMap<Bytes, Optional<Bytes>> overwritten(KeyRange range) {
    NavigableMap<Bytes, Optional<Bytes>> older = new TreeMap<>();
    Height newest = known(StateHead.read(snapshot)).height();
    for (Height at = height.next(); at.compareTo(newest) <= 0; at = at.next()) {
      StateHistory.Undone undone = StateHistory.undone(snapshot, at);
      for (StateHistory.Old old : StateHistory.overwritten(snapshot, at, undone)) {
        if (range.contains(old.key())) {
          older.putIfAbsent(old.key(), Optional.ofNullable(old.value()));
        }
      }
    }
    return older;
  }

  private static StateHead known(@Nullable StateHead head) {
    if (head == null) {
      throw new IllegalStateException("no state was committed yet");
    }
    return head;
  }

  /// Lets the old state go; closing twice does nothing.
  @Override
  public void close() {
    snapshot.close();
  }
}
