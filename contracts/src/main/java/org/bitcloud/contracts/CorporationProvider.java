package org.bitcloud.contracts;

/// Makes a corporation; found by [java.util.ServiceLoader] and named in genesis.
public interface CorporationProvider {
  /// The word that genesis files name it by.
  String id();

  /// The corporation.
  Corporation create();
}
