package org.bitcloud.simulation;

import java.nio.charset.StandardCharsets;
import org.bitcloud.primitives.Bytes;

/// Reads the words of a failed call: the ABI's `Error(string)`.
final class RevertReason {
  // Selector, offset, length.
  private static final int HEAD = 4 + 32 + 32;

  private RevertReason() {}

  /// The words, or "out of gas" when nothing was returned.
  static String of(Bytes output) {
    if (output.size() < HEAD) {
      return "out of gas";
    }
    int size = output.unsigned(HEAD - 2) << 8 | output.unsigned(HEAD - 1);
    return new String(output.slice(HEAD, size).toArray(), StandardCharsets.UTF_8);
  }
}
