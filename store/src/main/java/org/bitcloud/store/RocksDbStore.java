package org.bitcloud.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bitcloud.primitives.Bytes;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ChecksumType;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/// A store in a directory on disk, kept by RocksDB. Safe for use by many threads.
///
/// Blocks carry checksums that every read verifies. At most one store may have a directory open.
public final class RocksDbStore implements KeyValueStore {
  private static final Pattern NOT_OPENED = Pattern.compile("Column families not opened: (.*)");

  /* Native objects crash the process when used after they were freed. Hence every call into them
   * holds the read lock and checks `closed`, while closing holds the write lock and frees what
   * depends on the database (cursors, snapshots) before the database itself.
   */
  private final Path directory;
  private final RocksDB database;
  private final Map<Column, ColumnFamilyHandle> handles;
  private final List<RocksObject> natives;
  private final ReadOptions plainRead = new ReadOptions();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Set<Native> dependents = ConcurrentHashMap.newKeySet();
  private boolean closed;

  private RocksDbStore(
      Path directory,
      RocksDB database,
      Map<Column, ColumnFamilyHandle> handles,
      List<RocksObject> natives) {
    this.directory = directory;
    this.database = database;
    this.handles = handles;
    this.natives = natives;
  }

  /// Opens the store in a directory, which is made if it is missing; so are columns that are new.
  /// Columns on disk that are not declared stay as they are.
  ///
  /// @throws StoreException if the directory is in use, damaged, or cannot be used
  public static RocksDbStore open(Path directory, List<Column> columns, StoreOptions options) {
    RocksDbLibrary.load();
    checkDirectory(directory);
    try {
      return open(directory, columns, List.of(), options);
    } catch (RocksDBException e) {
      List<String> undeclared = undeclaredColumns(e);
      if (undeclared.isEmpty()) {
        throw translated("opening " + directory, e);
      }
      return openWith(undeclared, directory, columns, options);
    }
  }

  private static RocksDbStore openWith(
      List<String> undeclared, Path directory, List<Column> columns, StoreOptions options) {
    try {
      return open(directory, columns, undeclared, options);
    } catch (RocksDBException e) {
      throw translated("opening " + directory, e);
    }
  }

  // RocksDB opens all columns or none and says which ones it was not told of. To have it list them
  // first is no way: on a damaged manifest that never ends.
  private static List<String> undeclaredColumns(RocksDBException e) {
    Matcher matcher = NOT_OPENED.matcher(String.valueOf(e.getMessage()));
    return matcher.find() ? List.of(matcher.group(1).strip().split(",\\s*")) : List.of();
  }

  private static RocksDbStore open(
      Path directory, List<Column> columns, List<String> undeclared, StoreOptions options)
      throws RocksDBException {
    List<RocksObject> natives = new ArrayList<>();
    try {
      BlockBasedTableConfig table = table(options, natives);
      List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
      descriptors.add(descriptor("default", Column.Compression.NONE, options, table, natives));
      for (Column column : columns) {
        descriptors.add(descriptor(column.name(), column.compression(), options, table, natives));
      }
      for (String name : undeclared) {
        descriptors.add(descriptor(name, Column.Compression.LZ4, options, table, natives));
      }
      List<ColumnFamilyHandle> opened = new ArrayList<>();
      DBOptions database = databaseOptions(options);
      natives.add(database);
      RocksDB db = RocksDB.open(database, directory.toString(), descriptors, opened);
      Map<Column, ColumnFamilyHandle> handles = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        handles.put(columns.get(i), opened.get(i + 1));
      }
      natives.addAll(opened);
      remember(directory, false);
      return new RocksDbStore(directory, db, Map.copyOf(handles), natives);
    } catch (RocksDBException e) {
      closeAll(natives);
      throw e;
    }
  }

  // Where this fails, on a full disk for one, the next opening knows of older files only: it
  // notices less damage then, and refuses nothing that is whole.
  private static void remember(Path directory, boolean closed) {
    try {
      OpeningCheck.lengths(directory, closed).write(directory);
    } catch (IOException e) {
      return;
    }
  }

  private static void checkDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
      if (!Files.isWritable(directory)) {
        throw new IOException("not writable");
      }
      if (!Files.exists(directory.resolve("CURRENT"))) {
        checkNothingLeft(directory);
      } else {
        OpeningCheck.run(directory);
      }
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.ACCESS, "the directory " + directory + " cannot be used", e);
    }
  }

  /// RocksDB would start afresh beside the files of a database whose entry point is gone.
  private static void checkNothingLeft(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      if (files.anyMatch(file -> file.toString().matches(".*(\\.sst|MANIFEST-\\d+|/\\d+\\.log)"))) {
        throw new CorruptStoreException(
            "the directory " + directory + " holds data but its file CURRENT is missing", null);
      }
    }
  }

  private static BlockBasedTableConfig table(StoreOptions options, List<RocksObject> natives) {
    LRUCache cache = new LRUCache(options.cacheBytes());
    natives.add(cache);
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            .setChecksumType(ChecksumType.kXXH3);
    if (options.bloomBitsPerKey() > 0) {
      BloomFilter filter = new BloomFilter(options.bloomBitsPerKey());
      natives.add(filter);
      table.setFilterPolicy(filter);
    }
    return table;
  }

  private static ColumnFamilyDescriptor descriptor(
      String name,
      Column.Compression compression,
      StoreOptions options,
      BlockBasedTableConfig table,
      List<RocksObject> natives) {
    CompressionType type =
        switch (options.compressed() ? compression : Column.Compression.NONE) {
          case NONE -> CompressionType.NO_COMPRESSION;
          case LZ4 -> CompressionType.LZ4_COMPRESSION;
          case ZSTD -> CompressionType.ZSTD_COMPRESSION;
        };
    ColumnFamilyOptions family =
        new ColumnFamilyOptions()
            .setTableFormatConfig(table)
            .setCompressionType(type)
            .setWriteBufferSize(Math.min(options.writeBufferBytes(), 64 << 20));
    natives.add(family);
    return new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), family);
  }

  private static DBOptions databaseOptions(StoreOptions options) {
    // Has no setter in Java. Each log then says which one went before it: without, a manifest that
    // was cut off leaves out what was in logs that are deleted, and nobody notices.
    Properties tracked = new Properties();
    tracked.setProperty("track_and_verify_wals", "true");
    return Objects.requireNonNull(DBOptions.getDBOptionsFromProps(tracked))
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setParanoidChecks(true)
        // A torn last record is what a crash leaves; damage before it must not pass in silence.
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setDbWriteBufferSize(options.writeBufferBytes())
        .setMaxOpenFiles(options.openFilesMax())
        .setMaxBackgroundJobs(options.backgroundJobsMax())
        .setBytesPerSync(1 << 20)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(2)
        .setStatsDumpPeriodSec(0);
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
    return call("reading", () -> new Walk(plainRead, handle(column), range, order));
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
    ColumnFamilyHandle handle = handle(operation.column());
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
      List<RocksObject> options = new ArrayList<>();
      for (RocksObject object : natives) {
        if (object instanceof ColumnFamilyHandle) {
          object.close();
        } else {
          options.add(object);
        }
      }
      database.closeE();
      closeAll(options);
      remember(directory, true);
    } catch (RocksDBException e) {
      throw translated("closing " + directory, e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private static void closeAll(List<RocksObject> objects) {
    Collections.reverse(objects);
    objects.forEach(RocksObject::close);
  }

  private ColumnFamilyHandle handle(Column column) {
    ColumnFamilyHandle handle = handles.get(column);
    if (handle == null) {
      throw new IllegalArgumentException("column not declared at open: " + column);
    }
    return handle;
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
      throw translated(doing + " in " + directory, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private @Nullable Bytes read(ReadOptions options, Column column, Bytes key) {
    return call("reading", () -> read(options, handle(column), key.toArray()));
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
          List<ColumnFamilyHandle> families = Collections.nCopies(keys.size(), handle(column));
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

  static StoreException translated(String doing, RocksDBException e) {
    String text = e.getMessage() == null ? "" : e.getMessage();
    return switch (kind(e.getStatus(), text)) {
      case CORRUPT -> new CorruptStoreException("the database failed " + doing + ": " + text, e);
      case IN_USE ->
          new StoreException(
              StoreException.Kind.IN_USE,
              "the database is already in use, " + doing + ": " + text,
              e);
      case StoreException.Kind other ->
          new StoreException(other, "the database failed " + doing + ": " + text, e);
    };
  }

  private static StoreException.Kind kind(@Nullable Status status, String text) {
    Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
    Status.SubCode subCode = status == null ? Status.SubCode.Undefined : status.getSubCode();
    if (subCode == Status.SubCode.NoSpace || text.contains("No space left")) {
      return StoreException.Kind.DISK_FULL;
    }
    if (code == Status.Code.Corruption || text.contains("No such file")) {
      return StoreException.Kind.CORRUPT;
    }
    if (text.contains("lock hold by current process") || text.contains("While lock file")) {
      return StoreException.Kind.IN_USE;
    }
    if (text.contains("Permission denied") || text.contains("Read-only file system")) {
      return StoreException.Kind.ACCESS;
    }
    return StoreException.Kind.FAILED;
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
      return call("reading", () -> new Walk(open(), handle(column), range, order));
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
