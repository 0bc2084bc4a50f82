package org.bitcloud.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;

/// A database of RocksDB that is open, with the native objects it needs as long as it is.
///
/// @param families handles of all columns, declared or not
/// @param options to be freed after the database, the last first
record OpenDatabase(
    RocksDB database,
    Map<Column, ColumnFamilyHandle> declared,
    List<ColumnFamilyHandle> families,
    List<RocksObject> options) {
  private static final Pattern NOT_OPENED = Pattern.compile("Column families not opened: (.*)");
  private static final long WRITE_BUFFER_BYTES_MAX = 64 << 20;

  /// Opens a database with at least these columns.
  ///
  /// @throws StoreException if it is in use, damaged, or cannot be used
  static OpenDatabase open(Path directory, List<Column> columns, StoreOptions options) {
    try {
      return open(directory, columns, List.of(), options);
    } catch (RocksDBException e) {
      List<String> undeclared = undeclaredColumns(e);
      if (undeclared.isEmpty()) {
        throw RocksDbErrors.translated("opening " + directory, e);
      }
      return openWith(undeclared, directory, columns, options);
    }
  }

  private static OpenDatabase openWith(
      List<String> undeclared, Path directory, List<Column> columns, StoreOptions options) {
    try {
      return open(directory, columns, undeclared, options);
    } catch (RocksDBException e) {
      throw RocksDbErrors.translated("opening " + directory, e);
    }
  }

  // RocksDB opens all columns or none and says which ones it was not told of. To have it list them
  // first is no way: on a damaged manifest that never ends.
  private static List<String> undeclaredColumns(RocksDBException e) {
    Matcher matcher = NOT_OPENED.matcher(String.valueOf(e.getMessage()));
    return matcher.find() ? List.of(matcher.group(1).strip().split(",\\s*")) : List.of();
  }

  private static OpenDatabase open(
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
      DBOptions database = databaseOptions(options);
      natives.add(database);
      List<ColumnFamilyHandle> families = new ArrayList<>();
      RocksDB opened = RocksDB.open(database, directory.toString(), descriptors, families);
      Map<Column, ColumnFamilyHandle> declared = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        declared.put(columns.get(i), families.get(i + 1));
      }
      return new OpenDatabase(opened, declared, families, natives);
    } catch (RocksDBException e) {
      free(natives);
      throw e;
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
            .setWriteBufferSize(Math.min(options.writeBufferBytes(), WRITE_BUFFER_BYTES_MAX));
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

  /// RocksDB's handle of a column.
  ///
  /// @throws IllegalArgumentException if the column was not declared
  ColumnFamilyHandle handle(Column column) {
    ColumnFamilyHandle handle = declared.get(column);
    if (handle == null) {
      throw new IllegalArgumentException("column not declared at open: " + column);
    }
    return handle;
  }

  /// Closes the database and frees what it needed; whatever was made from it must be freed before.
  void close() throws RocksDBException {
    families.forEach(RocksObject::close);
    database.closeE();
    free(options);
  }

  private static void free(List<RocksObject> objects) {
    objects.reversed().forEach(RocksObject::close);
  }
}
