package org.bitcloud.contracts.naming;

import org.bitcloud.primitives.MalformedException;

/// Where a name is in its life.
public enum NamePhase {
  /// Nobody holds it; anyone may register it.
  FREE(0),
  /// It has an owner and resolves.
  ACTIVE(1),
  /// It has expired: it does not resolve, and can only be renewed.
  GRACE(2);

  private final int code;

  NamePhase(int code) {
    this.code = code;
  }

  /// The number that stands for it in the interface.
  public int code() {
    return code;
  }

  static NamePhase of(int code) throws MalformedException {
    for (NamePhase phase : values()) {
      if (phase.code == code) {
        return phase;
      }
    }
    throw new MalformedException("no phase of a name has the number " + code);
  }
}
