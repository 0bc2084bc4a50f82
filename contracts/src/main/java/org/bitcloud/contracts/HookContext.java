package org.bitcloud.contracts;

import org.bitcloud.primitives.Hash;

/// What a corporation may see and do outside of transactions: at genesis and as a block begins.
///
/// Nothing is charged, so a hook touches a fixed number of entries. Hooks emit no events.
public interface HookContext extends CorporationState {
  /// The block that begins.
  BlockContext block();

  /// Sets the randomness beacon that headers carry from this block on.
  void publishBeacon(Hash beacon);
}
