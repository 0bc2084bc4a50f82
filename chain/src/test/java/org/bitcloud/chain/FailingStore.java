package org.bitcloud.chain;

import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.store.Column;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.Durability;
import org.bitcloud.store.KeyRange;
import org.bitcloud.store.KeyValueStore;
import org.bitcloud.store.Order;
import org.bitcloud.store.Snapshot;
import org.bitcloud.store.WriteBatch;
import org.jspecify.annotations.Nullable;

/// A store that works for some writes and then fails, either before or after the last one took
/// effect: a process that dies between two writes. Failing means closing the store beneath, which
/// then throws.
final class FailingStore implements KeyValueStore {
  private static final Column PROBE = Chain.columns().getFirst();

  private final KeyValueStore inner;
  private final boolean after;
  private int writesLeft;

  FailingStore(KeyValueStore inner, int writesLeft, boolean after) {
    this.inner = inner;
    this.writesLeft = writesLeft;
    this.after = after;
  }

  @Override
  public void write(WriteBatch batch, Durability durability) {
    if (writesLeft > 0) {
      writesLeft--;
      inner.write(batch, durability);
      return;
    }
    if (after) {
      inner.write(batch, durability);
    }
    inner.close();
    inner.write(new WriteBatch().put(PROBE, Bytes.EMPTY, Bytes.EMPTY), durability);
  }

  @Override
  public @Nullable Bytes get(Column column, Bytes key) {
    return inner.get(column, key);
  }

  @Override
  public List<@Nullable Bytes> getAll(Column column, List<Bytes> keys) {
    return inner.getAll(column, keys);
  }

  @Override
  public Cursor range(Column column, KeyRange range, Order order) {
    return inner.range(column, range, order);
  }

  @Override
  public Snapshot snapshot() {
    return inner.snapshot();
  }

  @Override
  public void close() {}
}
