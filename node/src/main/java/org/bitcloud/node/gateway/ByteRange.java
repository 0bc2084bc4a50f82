package org.bitcloud.node.gateway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of an object as HTTP names it (RFC 9110, section 14).
///
/// @param offset first byte
/// @param length number of bytes, at least 1
record ByteRange(long offset, long length) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /// What a `Range` header asks of an object.
  sealed interface Wanted {
    /// The whole object: no header, or one that a server may ignore (other units, several ranges).
    record Whole() implements Wanted {}

    /// One range that exists.
    ///
    /// @param range the bytes
    record Part(ByteRange range) implements Wanted {}

    /// A range that starts beyond the end: 416.
    record Unsatisfiable() implements Wanted {}
  }

  /// Reads a `Range` header for an object of `size` bytes.
  static Wanted of(Optional<String> header, long size) {
    Matcher matcher = SINGLE.matcher(header.orElse("").trim());
    if (!matcher.matches()) {
      return new Wanted.Whole();
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Wanted.Whole() : suffix(Long.parseLong(last), size);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
    if (!last.isEmpty() && Long.parseLong(last) < from) {
      return new Wanted.Whole(); // an invalid range is ignored, not refused
    }
    return from >= size
        ? new Wanted.Unsatisfiable()
        : new Wanted.Part(new ByteRange(from, to - from + 1));
  }

  private static Wanted suffix(long wanted, long size) {
    long length = Math.min(wanted, size);
    return length == 0
        ? new Wanted.Unsatisfiable()
        : new Wanted.Part(new ByteRange(size - length, length));
  }

  /// The `Content-Range` of this part of an object of `size` bytes.
  String contentRange(long size) {
    return "bytes %d-%d/%d".formatted(offset, offset + length - 1, size);
  }
}
