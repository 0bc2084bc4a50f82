package org.bitcloud.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A node's directory, which one process at a time may use.
///
/// The lock is the operating system's, on the file `lock`, so that it goes with the process however
/// that ends; the number in the file is for people.
public final class DataDirectory implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final int PID_DIGITS_MAX = 20;

  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// Makes the directory where it is missing and locks it.
  ///
  /// @throws ServiceException where another process has it or it cannot be written
  public static DataDirectory open(Path path) throws ServiceException {
    FileChannel channel;
    try {
      Files.createDirectories(path);
      channel =
          FileChannel.open(
              path.resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new ServiceException(
          "cannot use directory %s: %s (check its path and permissions)"
              .formatted(path, e.getMessage()),
          e);
    }
    try {
      lock(path, channel);
      return new DataDirectory(path, channel);
    } catch (ServiceException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private static void lock(Path path, FileChannel channel) throws ServiceException {
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(path, channel);
      }
      byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
      channel.truncate(0).position(0);
      int _ = channel.write(ByteBuffer.wrap(pid));
    } catch (OverlappingFileLockException e) {
      throw inUse(path, channel);
    } catch (IOException e) {
      throw new ServiceException("cannot lock " + path + ": " + e.getMessage(), e);
    }
  }

  private static ServiceException inUse(Path path, FileChannel channel) {
    return new ServiceException(
        "directory %s is in use by %s (stop that one first, or choose another --dir)"
            .formatted(path, owner(channel)));
  }

  private static String owner(FileChannel channel) {
    ByteBuffer buffer = ByteBuffer.allocate(PID_DIGITS_MAX);
    try {
      int count = channel.read(buffer, 0);
      String pid = new String(buffer.array(), 0, Math.max(0, count), StandardCharsets.US_ASCII);
      return pid.matches("\\d+") ? "process " + pid : "another process";
    } catch (IOException e) {
      return "another process"; // where locks are mandatory, reading is forbidden too
    }
  }

  /// The directory.
  public Path path() {
    return path;
  }

  /// Lets others use the directory.
  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock goes with the process at the latest.
      org.slf4j.LoggerFactory.getLogger(DataDirectory.class).debug("lock not closed", e);
    }
  }
}
