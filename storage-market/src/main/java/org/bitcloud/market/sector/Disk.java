package org.bitcloud.market.sector;

import java.io.IOException;
import java.util.List;

/// One directory of files, with just the operations a store needs to survive a loss of power.
///
/// What was written is safe after [DiskFile#force], names after [#forceDirectory]; before that, any
/// part may be missing afterwards. Any number of threads may use it.
interface Disk {
  /// Creates an empty file.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException if the name is taken
  DiskFile create(String name) throws IOException;

  /// Opens a file to read it.
  ///
  /// @throws java.nio.file.NoSuchFileException if there is none
  DiskFile open(String name) throws IOException;

  /// Gives a file another name, replacing what had it; never half.
  void rename(String from, String to) throws IOException;

  /// Removes a file if it is there.
  ///
  /// @return whether it was
  boolean delete(String name) throws IOException;

  /// Makes all creations, renames and removals so far durable.
  void forceDirectory() throws IOException;

  /// The names of all files, in no order.
  List<String> list() throws IOException;

  /// Bytes that could still be written.
  long freeBytes() throws IOException;
}
