package org.bitcloud.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;

/// A store in memory under the same contract as the one on disk, for tests and simulations.
public final class MemoryStore implements KeyValueStore {
  private final MemoryMedium medium;
  private final Set<Column> columns;
  // Written under the medium's write lock, read under either.
  private boolean closed;

  private MemoryStore(MemoryMedium medium, List<Column> columns) {
    this.medium = medium;
    this.columns = Set.copyOf(columns);
  }

  /// A store on a medium of its own.
  public static MemoryStore open(List<Column> columns) {
    return open(new MemoryMedium(), columns);
  }

  /// A store on a medium that may hold data of an earlier one.
  ///
  /// @throws StoreException if another store has the medium open
  public static MemoryStore open(MemoryMedium medium, List<Column> columns) {
    MemoryStore store = new MemoryStore(medium, columns);
    medium.lock.writeLock().lock();
    try {
      medium.take(store, store.columns);
    } finally {
      medium.lock.writeLock().unlock();
    }
    return store;
  }

  @Override
  public @Nullable Bytes get(Column column, Bytes key) {
    return read(column, key, Long.MAX_VALUE);
  }

  @Override
  public List<@Nullable Bytes> getAll(Column column, List<Bytes> keys) {
    return readAll(column, keys, Long.MAX_VALUE);
  }

  @Override
  public Cursor range(Column column, KeyRange range, Order order) {
    checkDeclared(column);
    return new Walk(view(), column, range, order, true);
  }

  @Override
  public Snapshot snapshot() {
    return view();
  }

  @Override
  public void write(WriteBatch batch, Durability durability) {
    batch.checkNotWritten();
    medium.lock.writeLock().lock();
    try {
      checkOpen();
      batch.operations().forEach(operation -> checkDeclared(operation.column()));
      medium.apply(batch.operations(), durability);
    } finally {
      medium.lock.writeLock().unlock();
    }
    batch.written();
  }

  @Override
  public void close() {
    medium.lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        medium.release();
      }
    } finally {
      medium.lock.writeLock().unlock();
    }
  }

  /// Ends this store as its process would end; needs the medium's write lock.
  void kill() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreException(StoreException.Kind.CLOSED, "the store is closed", null);
    }
  }

  private void checkDeclared(Column column) {
    if (!columns.contains(column)) {
      throw new IllegalArgumentException("column not declared at open: " + column);
    }
  }

  private @Nullable Bytes read(Column column, Bytes key, long asOf) {
    medium.lock.readLock().lock();
    try {
      checkOpen();
      checkDeclared(column);
      return medium.column(column.name()).get(key, asOf);
    } finally {
      medium.lock.readLock().unlock();
    }
  }

  private List<@Nullable Bytes> readAll(Column column, List<Bytes> keys, long asOf) {
    medium.lock.readLock().lock();
    try {
      List<@Nullable Bytes> values = new ArrayList<>(keys.size());
      for (Bytes key : keys) {
        values.add(read(column, key, asOf));
      }
      return values;
    } finally {
      medium.lock.readLock().unlock();
    }
  }

  private View view() {
    medium.lock.writeLock().lock();
    try {
      checkOpen();
      return new View(medium.addReader());
    } finally {
      medium.lock.writeLock().unlock();
    }
  }

  private final class View implements Snapshot {
    private final long asOf;
    private boolean released;

    View(long asOf) {
      this.asOf = asOf;
    }

    @Override
    public @Nullable Bytes get(Column column, Bytes key) {
      return read(column, key, asOf);
    }

    @Override
    public List<@Nullable Bytes> getAll(Column column, List<Bytes> keys) {
      return readAll(column, keys, asOf);
    }

    @Override
    public Cursor range(Column column, KeyRange range, Order order) {
      return new Walk(this, column, range, order, false);
    }

    @Override
    public void close() {
      medium.lock.writeLock().lock();
      try {
        if (!released && !closed) {
          medium.removeReader(asOf);
        }
        released = true;
      } finally {
        medium.lock.writeLock().unlock();
      }
    }
  }

  private final class Walk implements Cursor {
    private final View view;
    private final Column column;
    private final KeyRange range;
    private final Order order;
    private final boolean ownsView;
    private Map.@Nullable Entry<Bytes, Bytes> at;
    private boolean ended;

    Walk(View view, Column column, KeyRange range, Order order, boolean ownsView) {
      checkDeclared(column);
      medium.lock.readLock().lock();
      try {
        checkOpen();
      } finally {
        medium.lock.readLock().unlock();
      }
      this.view = view;
      this.column = column;
      this.range = range;
      this.order = order;
      this.ownsView = ownsView;
    }

    @Override
    public boolean next() {
      medium.lock.readLock().lock();
      try {
        checkOpen();
        if (!ended) {
          Bytes after = at == null ? null : at.getKey();
          at = medium.column(column.name()).next(range, order, after, view.asOf);
          ended = at == null;
        }
        return !ended;
      } finally {
        medium.lock.readLock().unlock();
      }
    }

    @Override
    public Bytes key() {
      return entry().getKey();
    }

    @Override
    public Bytes value() {
      return entry().getValue();
    }

    private Map.Entry<Bytes, Bytes> entry() {
      Map.Entry<Bytes, Bytes> entry = at;
      if (entry == null) {
        throw new IllegalStateException("the cursor is at no entry");
      }
      return entry;
    }

    @Override
    public void close() {
      ended = true;
      at = null;
      if (ownsView) {
        view.close();
      }
    }
  }
}
