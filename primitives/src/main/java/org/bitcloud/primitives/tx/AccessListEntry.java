package org.bitcloud.primitives.tx;

import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Hash;

/// An account, and keys of it, that a transaction says it will touch (EIP-2930).
///
/// @param address the account
/// @param storageKeys its keys, in the order and with the repetitions that were signed
public record AccessListEntry(Address address, List<Hash> storageKeys) {
  /// Copies the list.
  public AccessListEntry {
    storageKeys = List.copyOf(storageKeys);
  }
}
