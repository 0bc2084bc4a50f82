package org.bitcloud.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/// A store in a directory on disk, kept by RocksDB. Safe for use by many threads.
///
/// Blocks carry checksums that every read verifies. At most one store may have a directory open.
public final class RocksDbStore implements KeyValueStore {
  /* Native objects crash the process when used after they were freed. Hence every call into them
   * holds the read lock and checks `closed`, while closing holds the write lock and frees what
   * depends on the database (cursors, snapshots) before the database itself.
   */
  private final Path directory;
  private final OpenDatabase opened;
  private final RocksDB database;
  private final ReadOptions plainRead = new ReadOptions();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Set<Native> dependents = ConcurrentHashMap.newKeySet();
  private boolean closed;

  private RocksDbStore(Path directory, OpenDatabase opened) {
    this.directory = directory;
    this.opened = opened;
    this.database = opened.database();
  }

  /// Opens the store in a directory, which is made if it is missing; so are columns that are new.
  /// Columns on disk that are not declared stay as they are.
  ///
  /// @throws StoreException if the directory is in use, damaged, or cannot be used
  public static RocksDbStore open(Path directory, List<Column> columns, StoreOptions options) {
    RocksDbLibrary.load();
    OpeningCheck.run(directory);
    OpenDatabase opened = OpenDatabase.open(directory, columns, options);
    OpeningCheck.remember(directory, false);
    return new RocksDbStore(directory, opened);
  }

  @Override
  public @Nullable Bytes get(Column column, Bytes key) {
    return read(plainRead, column, key);
  }

  @Override
  public List<@Nullable Bytes> getAll(Column column, List<Bytes> keys) {
    return readAll(plainRead, column, keys);
  }

  @Override
  public Cursor range(Column column, KeyRange range, Order order) {
    return call("reading", () -> new Walk(plainRead, opened.handle(column), range, order));
  }

  @Override
  public Snapshot snapshot() {
    return call("taking a snapshot", View::new);
  }

  @Override
  public void write(WriteBatch batch, Durability durability) {
    batch.checkNotWritten();
    call("writing", () -> apply(batch, durability));
    batch.written();
  }

  private boolean apply(WriteBatch batch, Durability durability) throws RocksDBException {
    // Without its size a batch is copied each time it outgrows its memory, and takes twice as much.
    int size = (int) Math.min(batch.bytes(), Integer.MAX_VALUE);
    try (org.rocksdb.WriteBatch target = new org.rocksdb.WriteBatch(size);
        WriteOptions options = new WriteOptions()) {
      for (WriteBatch.Operation operation : batch.operations()) {
        add(target, operation);
      }
      options.setSync(durability == Durability.SYNC);
      database.write(options, target);
      return true;
    }
  }

  private void add(org.rocksdb.WriteBatch target, WriteBatch.Operation operation)
      throws RocksDBException {
    ColumnFamilyHandle handle = opened.handle(operation.column());
    switch (operation) {
      case WriteBatch.Put put -> target.put(handle, put.key().toArray(), put.value().toArray());
      case WriteBatch.Delete delete -> target.delete(handle, delete.key().toArray());
      case WriteBatch.DeleteRange delete ->
          target.deleteRange(handle, delete.from().toArray(), delete.to().toArray());
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      dependents.forEach(Native::free);
      dependents.clear();
      plainRead.close();
      opened.close();
      OpeningCheck.remember(directory, true);
    } catch (RocksDBException e) {
      throw RocksDbErrors.translated("closing " + directory, e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// A call into RocksDB.
  private interface Call<T extends @Nullable Object> {
    T run() throws RocksDBException;
  }

  @CanIgnoreReturnValue
  private <T extends @Nullable Object> T call(String doing, Call<T> call) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new StoreException(
            StoreException.Kind.CLOSED, "the store " + directory + " is closed", null);
      }
      return call.run();
    } catch (RocksDBException e) {
      throw RocksDbErrors.translated(doing + " in " + directory, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private @Nullable Bytes read(ReadOptions options, Column column, Bytes key) {
    return call("reading", () -> read(options, opened.handle(column), key.toArray()));
  }

  private @Nullable Bytes read(ReadOptions options, ColumnFamilyHandle column, byte[] key)
      throws RocksDBException {
    byte[] value = database.get(column, options, key);
    return value == null ? null : Bytes.wrap(value);
  }

  private List<@Nullable Bytes> readAll(ReadOptions options, Column column, List<Bytes> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return call(
        "reading",
        () -> {
          List<ColumnFamilyHandle> families =
              Collections.nCopies(keys.size(), opened.handle(column));
          List<byte[]> arrays = new ArrayList<>(keys.size());
          keys.forEach(key -> arrays.add(key.toArray()));
          List<@Nullable Bytes> values = new ArrayList<>(keys.size());
          List<byte[]> found = database.multiGetAsList(options, families, arrays);
          for (int i = 0; i < found.size(); i++) {
            byte @Nullable [] value = found.get(i);
            // Where a block is damaged this call answers as if nothing were there; one key says so.
            values.add(
                value != null ? Bytes.wrap(value) : read(options, families.get(i), arrays.get(i)));
          }
          return values;
        });
  }

  /// What must be freed before the database is.
  private interface Native {
    /// Frees it once; needs either lock.
    void free();
  }

  /// Frees a dependent unless that was done; the lock must keep out those who may use it now.
  private void free(Native dependent, Lock against) {
    against.lock();
    try {
      // Whoever takes it out of the set frees it; closing the store has emptied the set.
      if (dependents.remove(dependent)) {
        dependent.free();
      }
    } finally {
      against.unlock();
    }
  }

  private final class View implements Snapshot, Native {
    private final org.rocksdb.Snapshot snapshot = database.getSnapshot();
    private final ReadOptions options = new ReadOptions().setSnapshot(snapshot);

    View() {
      dependents.add(this);
    }

    @Override
    public @Nullable Bytes get(Column column, Bytes key) {
      return call("reading", () -> read(open(), column, key));
    }

    @Override
    public List<@Nullable Bytes> getAll(Column column, List<Bytes> keys) {
      return call("reading", () -> readAll(open(), column, keys));
    }

    @Override
    public Cursor range(Column column, KeyRange range, Order order) {
      return call("reading", () -> new Walk(open(), opened.handle(column), range, order));
    }

    private ReadOptions open() {
      if (!dependents.contains(this)) {
        throw new StoreException(StoreException.Kind.CLOSED, "the snapshot is closed", null);
      }
      return options;
    }

    @Override
    public void close() {
      RocksDbStore.this.free(this, lock.writeLock());
    }

    @Override
    public void free() {
      options.close();
      database.releaseSnapshot(snapshot);
      snapshot.close();
    }
  }

  private final class Walk implements Cursor, Native {
    private final RocksIterator iterator;
    private final KeyRange range;
    private final Order order;
    private boolean started;
    private @Nullable Bytes key;

    Walk(ReadOptions options, ColumnFamilyHandle handle, KeyRange range, Order order) {
      this.iterator = database.newIterator(handle, options);
      this.range = range;
      this.order = order;
      dependents.add(this);
    }

    @Override
    public boolean next() {
      return call(
          "reading",
          () -> {
            checkOpen();
            if (started && key == null) {
              return false;
            }
            move();
            key = null;
            if (iterator.isValid()) {
              Bytes found = Bytes.wrap(iterator.key());
              key = range.contains(found) ? found : null;
            } else {
              iterator.status();
            }
            return key != null;
          });
    }

    private void move() {
      Bytes to = range.to();
      if (started && order == Order.ASCENDING) {
        iterator.next();
      } else if (started) {
        iterator.prev();
      } else if (order == Order.ASCENDING) {
        iterator.seek(range.from().toArray());
      } else if (to == null) {
        iterator.seekToLast();
      } else {
        iterator.seekForPrev(to.toArray());
        if (iterator.isValid() && Bytes.wrap(iterator.key()).equals(to)) {
          iterator.prev();
        }
      }
      started = true;
    }

    @Override
    public Bytes key() {
      if (key == null) {
        throw new IllegalStateException("the cursor is at no entry");
      }
      return key;
    }

    @Override
    public Bytes value() {
      return call(
          "reading",
          () -> {
            checkOpen();
            if (key == null) {
              throw new IllegalStateException("the cursor is at no entry");
            }
            return Bytes.wrap(iterator.value());
          });
    }

    private void checkOpen() {
      if (!dependents.contains(this)) {
        throw new StoreException(StoreException.Kind.CLOSED, "the cursor is closed", null);
      }
    }

    @Override
    public void close() {
      // Only its one thread uses a cursor; closing the store is kept out by either lock.
      RocksDbStore.this.free(this, lock.readLock());
    }

    @Override
    public void free() {
      iterator.close();
    }
  }
}
