package org.bitcloud.market.sector;

import java.io.Closeable;
import java.io.IOException;

/// An open file of a [Disk], read and written at positions. For one thread.
interface DiskFile extends Closeable {
  /// Reads exactly `length` bytes.
  ///
  /// @throws java.io.EOFException if the file ends before
  void read(long position, byte[] target, int offset, int length) throws IOException;

  /// Writes all the bytes.
  void write(long position, byte[] source, int offset, int length) throws IOException;

  /// Makes all bytes written so far durable.
  void force() throws IOException;

  /// The number of bytes.
  long size() throws IOException;
}
