package org.bitcloud.contracts.storage;

import org.bitcloud.contracts.Corporation;
import org.bitcloud.contracts.CorporationProvider;

/// Makes the Storage corporation, which genesis files call `storage`.
public final class StorageProvider implements CorporationProvider {
  /// Used by the service loader.
  public StorageProvider() {}

  @Override
  public String id() {
    return StorageCorporation.NAME;
  }

  @Override
  public Corporation create() {
    return new StorageCorporation();
  }
}
