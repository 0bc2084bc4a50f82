package org.bitcloud.node.adapter;

import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiError;

/// The text in a revert's ABI-encoded `Error(string)`.
public final class RevertReason {
  private RevertReason() {}

  /// The reason, or the raw bytes as hex where they are none.
  public static String of(Bytes output) {
    if (output.isEmpty()) {
      return "out of gas";
    }
    try {
      return String.valueOf(AbiError.REASON.decode(output).getFirst());
    } catch (MalformedException e) {
      return output.toHex();
    }
  }
}
