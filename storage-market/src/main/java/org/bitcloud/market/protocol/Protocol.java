package org.bitcloud.market.protocol;

import java.util.Optional;

/// The protocols of the storage market; the first frame of a stream names one of them.
public enum Protocol {
  /// Price lists.
  PRICE("/bitcloud/price/1"),
  /// Forming and revising contracts.
  CONTRACT("/bitcloud/contract/1"),
  /// Writing, reading, deleting and listing sectors; finding manifests.
  SECTOR("/bitcloud/sector/1");

  private final String id;

  Protocol(String id) {
    this.id = id;
  }

  /// Returns the name on the wire.
  public String id() {
    return id;
  }

  /// Finds a protocol by its name on the wire.
  public static Optional<Protocol> byId(String id) {
    for (Protocol protocol : values()) {
      if (protocol.id.equals(id)) {
        return Optional.of(protocol);
      }
    }
    return Optional.empty();
  }
}
