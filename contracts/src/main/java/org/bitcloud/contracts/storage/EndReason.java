package org.bitcloud.contracts.storage;

import org.bitcloud.primitives.MalformedException;

/// Why a contract ended.
public enum EndReason {
  /// Its term is over.
  EXPIRED(0),
  /// It was left without a revision.
  IDLE(1),
  /// Its renter ended it early.
  EARLY(2),
  /// Its provider missed too many windows.
  PROVIDER_ENDED(3);

  private final int code;

  EndReason(int code) {
    this.code = code;
  }

  /// The number that stands for it on chain.
  public int code() {
    return code;
  }

  /// The one that a number stands for.
  ///
  /// @throws MalformedException if it stands for none
  static EndReason of(long code) throws MalformedException {
    for (EndReason reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    throw new MalformedException("unknown reason " + code);
  }
}
