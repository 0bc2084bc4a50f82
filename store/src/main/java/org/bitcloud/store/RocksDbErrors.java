package org.bitcloud.store;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// What RocksDB says went wrong, in the words of this package.
final class RocksDbErrors {
  private RocksDbErrors() {}

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
}
