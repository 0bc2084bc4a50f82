package org.bitcloud.contracts.naming;

import org.bitcloud.contracts.Corporation;
import org.bitcloud.contracts.CorporationProvider;

/// Makes the Naming corporation, which genesis files call `naming`.
public final class NamingProvider implements CorporationProvider {
  /// Used by the service loader.
  public NamingProvider() {}

  @Override
  public String id() {
    return NamingCorporation.NAME;
  }

  @Override
  public Corporation create() {
    return new NamingCorporation();
  }
}
