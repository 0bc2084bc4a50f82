package org.bitcloud.chain.file;

import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;

/// The first two items of both kinds of file.
final class FileHead {
  private static final int FORMAT_MAX = 32;

  private FileHead() {}

  /// Reads format and version, which must be these.
  static void check(RlpReader reader, String format, int version)
      throws MalformedException, ChainFileException {
    String found = reader.readText(FORMAT_MAX);
    long number = reader.readNumber();
    if (!found.equals(format) || number != version) {
      throw new ChainFileException(
          "the file is %s version %d, and this program reads %s version %d"
              .formatted(found, number, format, version));
    }
  }
}
