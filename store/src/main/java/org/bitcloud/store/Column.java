package org.bitcloud.store;

import java.util.regex.Pattern;

/// One key space of a store, declared when the store is opened.
///
/// @param name 1 to 32 of `a-z`, `0-9` and `-`, starting with a letter; names the data on disk
/// @param compression how blocks of it are packed on disk
public record Column(String name, Compression compression) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /// Checks the name.
  ///
  /// @throws IllegalArgumentException if it is not of the allowed form
  public Column {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a column name: " + name);
    }
  }

  /// How blocks of a column are packed on disk.
  public enum Compression {
    /// As they are: for hashes and other noise.
    NONE,
    /// Quickly: for values in daily use.
    LZ4,
    /// Tightly: for history that is seldom read.
    ZSTD
  }

  /// A column packed quickly.
  public static Column of(String name) {
    return new Column(name, Compression.LZ4);
  }

  /// A column of data that does not compress.
  public static Column raw(String name) {
    return new Column(name, Compression.NONE);
  }

  /// A column of history, packed tightly.
  public static Column archive(String name) {
    return new Column(name, Compression.ZSTD);
  }
}
