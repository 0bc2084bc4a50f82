package org.bitcloud.store;

import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// The read half of a store or of a snapshot of it. Safe for use by many threads.
///
/// Every method throws [StoreException] if reading fails or the store is closed, and
/// [IllegalArgumentException] for a column that was not declared at open.
public interface StoreReader {
  /// The value of a key, or null if there is none.
  @Nullable Bytes get(Column column, Bytes key);

  /// The values of several keys in their order, null where there is none.
  List<@Nullable Bytes> getAll(Column column, List<Bytes> keys);

  /// A walk over the entries of a range.
  Cursor range(Column column, KeyRange range, Order order);

  /// A walk over the entries whose keys start with a prefix, smallest first.
  default Cursor prefix(Column column, Bytes prefix) {
    return range(column, KeyRange.prefix(prefix), Order.ASCENDING);
  }
}
