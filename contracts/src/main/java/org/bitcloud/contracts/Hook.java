package org.bitcloud.contracts;

import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.jspecify.annotations.Nullable;

/// What a corporation's hook touches: its entries and the beacon.
record Hook(MutableState state, BlockContext block, Address address) implements HookContext {
  @Override
  public @Nullable Bytes read(Bytes key) {
    return state.get(StateKeys.entry(address, key));
  }

  @Override
  public void write(Bytes key, Bytes value) {
    state.put(StateKeys.entry(address, key), value);
  }

  @Override
  public void delete(Bytes key) {
    state.delete(StateKeys.entry(address, key));
  }

  @Override
  public void publishBeacon(Hash beacon) {
    state.put(StateKeys.BEACON, beacon.bytes());
  }
}
