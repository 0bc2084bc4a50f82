package org.bitcloud.p2p;

import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;

/// A position in untrusted bytes; every read is checked against their end.
final class ByteCursor {
  private final Bytes bytes;
  private int position;

  ByteCursor(Bytes bytes) {
    this.bytes = bytes;
  }

  boolean atEnd() {
    return position == bytes.size();
  }

  /// The next byte, 0 to 255.
  int next() throws MalformedException {
    if (atEnd()) {
      throw new MalformedException("ends at byte " + position);
    }
    return bytes.unsigned(position++);
  }

  /// The next `length` bytes, without a copy.
  Bytes take(long length) throws MalformedException {
    if (length > bytes.size() - position) {
      throw new MalformedException(
          "needs " + length + " bytes at " + position + " of " + bytes.size());
    }
    Bytes taken = bytes.slice(position, (int) length);
    position += (int) length;
    return taken;
  }
}
