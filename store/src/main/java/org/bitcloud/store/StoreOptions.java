package org.bitcloud.store;

/// Sizes and habits of a store on disk.
///
/// @param cacheBytes memory for blocks read from disk, filters and indexes included
/// @param writeBufferBytes memory for written entries not yet in a sorted file, over all columns
/// @param bloomBitsPerKey size of the filter that spares reads for absent keys; 0 for none
/// @param compressed whether columns are packed as they ask, or not at all
/// @param openFilesMax how many files may be open at once; -1 for no bound
/// @param backgroundJobsMax threads that flush and merge files
public record StoreOptions(
    long cacheBytes,
    long writeBufferBytes,
    int bloomBitsPerKey,
    boolean compressed,
    int openFilesMax,
    int backgroundJobsMax) {
  private static final long MIB = 1 << 20;

  /// 64 MiB of cache and 64 MiB of write buffer: right for a devnet and for tests.
  public static final StoreOptions DEFAULT = new StoreOptions(64 * MIB, 64 * MIB, 10, true, 512, 2);

  /// Checks the bounds.
  ///
  /// @throws IllegalArgumentException if a size is out of its range
  public StoreOptions {
    require(cacheBytes >= MIB, "cache of less than 1 MiB: " + cacheBytes);
    require(writeBufferBytes >= MIB, "write buffer of less than 1 MiB: " + writeBufferBytes);
    require(bloomBitsPerKey >= 0 && bloomBitsPerKey <= 64, "bloom bits: " + bloomBitsPerKey);
    require(openFilesMax == -1 || openFilesMax >= 64, "open files: " + openFilesMax);
    require(backgroundJobsMax >= 1, "background jobs: " + backgroundJobsMax);
  }

  /// Options that use about so much memory outside the Java heap, at least 8 MiB.
  public static StoreOptions forMemory(long bytes) {
    long total = Math.max(bytes, 8 * MIB);
    long writeBuffer = Math.min(total / 3, 256 * MIB);
    return new StoreOptions(total - writeBuffer, writeBuffer, 10, true, 512, 2);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
