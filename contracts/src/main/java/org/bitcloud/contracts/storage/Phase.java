package org.bitcloud.contracts.storage;

import org.bitcloud.primitives.MalformedException;

/// Where a contract stands in its life.
public enum Phase {
  /// It runs.
  ACTIVE(0),
  /// Its renter ended it early; it runs until the window closes that was open then.
  ENDING(1),
  /// It is over, and both sides have their rest.
  ENDED(2),
  /// Its provider was ended; `end` gives the renter the rest of the escrow.
  ABANDONED(3);

  private final int code;

  Phase(int code) {
    this.code = code;
  }

  /// The number that stands for it on chain.
  public int code() {
    return code;
  }

  /// The one that a number stands for.
  ///
  /// @throws MalformedException if it stands for none
  static Phase of(long code) throws MalformedException {
    for (Phase phase : values()) {
      if (phase.code == code) {
        return phase;
      }
    }
    throw new MalformedException("unknown phase " + code);
  }
}
