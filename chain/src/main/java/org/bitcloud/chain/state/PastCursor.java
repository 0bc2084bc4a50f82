package org.bitcloud.chain.state;

import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.store.Cursor;
import org.jspecify.annotations.Nullable;

/// Walks over the entries of an older state: those of the head, with what was overwritten since put
/// back.
final class PastCursor implements Cursor {
  private final Cursor head;
  private final NavigableMap<Bytes, Optional<Bytes>> overwritten;
  private final Iterator<Map.Entry<Bytes, Optional<Bytes>>> restored;

  private boolean headHas;
  private Map.@Nullable Entry<Bytes, Optional<Bytes>> nextRestored;
  private @Nullable Bytes key;
  private @Nullable Bytes value;

  /// @param head the entries now, smallest first; closed with this cursor
  /// @param overwritten the keys of the same range that were changed since, with their older values
  PastCursor(Cursor head, NavigableMap<Bytes, Optional<Bytes>> overwritten) {
    this.head = head;
    this.overwritten = overwritten;
    this.restored = overwritten.entrySet().iterator();
    advanceHead();
    advanceRestored();
  }

  /* Entries that were changed come out of the other source, or did not exist. */
  private void advanceHead() {
    do {
      headHas = head.next();
    } while (headHas && overwritten.containsKey(head.key()));
  }

  private void advanceRestored() {
    do {
      nextRestored = restored.hasNext() ? restored.next() : null;
    } while (nextRestored != null && nextRestored.getValue().isEmpty());
  }

  @Override
  public boolean next() {
    Map.Entry<Bytes, Optional<Bytes>> old = nextRestored;
    if (old != null && (!headHas || old.getKey().compareTo(head.key()) < 0)) {
      key = old.getKey();
      value = old.getValue().orElseThrow();
      advanceRestored();
      return true;
    }
    if (!headHas) {
      key = null;
      value = null;
      return false;
    }
    key = head.key();
    value = head.value();
    advanceHead();
    return true;
  }

  @Override
  public Bytes key() {
    return here(key);
  }

  @Override
  public Bytes value() {
    return here(value);
  }

  private static Bytes here(@Nullable Bytes part) {
    if (part == null) {
      throw new IllegalStateException("the cursor is at no entry");
    }
    return part;
  }

  @Override
  public void close() {
    head.close();
  }
}
