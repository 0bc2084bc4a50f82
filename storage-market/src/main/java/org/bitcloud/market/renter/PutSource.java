package org.bitcloud.market.renter;

import java.io.InputStream;
import java.nio.file.Path;

/// What is to be stored: a file, or a stream that is copied to a file first, since lost sectors are
/// made again from it.
public sealed interface PutSource {
  /// A file, which must not change while it is stored. Storing it again after a crash goes on where
  /// the crash was.
  record File(Path path) implements PutSource {}

  /// A stream of any length; it is read to its end and not closed.
  record Stream(InputStream in) implements PutSource {}

  /// A file.
  static PutSource file(Path path) {
    return new File(path);
  }

  /// A stream.
  static PutSource stream(InputStream in) {
    return new Stream(in);
  }
}
