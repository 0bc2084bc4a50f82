package org.bitcloud.market.renter;

import org.bitcloud.market.MarketException;
import org.bitcloud.market.Wire;
import org.bitcloud.market.client.ProviderDirectory;
import org.bitcloud.market.peer.PeerLimits;
import org.bitcloud.market.peer.PeerSession;
import org.bitcloud.market.protocol.Protocol;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.KeyPair;

/// Opens sessions with providers in the renter's name, where the chain says that they are now.
final class Providers {
  private final Wire wire;
  private final KeyPair key;
  private final Hash genesisHash;
  private final ProviderDirectory directory;
  private final PeerLimits limits;

  Providers(
      Wire wire, KeyPair key, Hash genesisHash, ProviderDirectory directory, PeerLimits limits) {
    this.wire = wire;
    this.key = key;
    this.genesisHash = genesisHash;
    this.directory = directory;
    this.limits = limits;
  }

  /// A session to agree on contracts and revisions.
  ///
  /// @param fallback the endpoint for a provider that the chain shows none of
  PeerSession contracts(Address provider, Bytes fallback) throws MarketException {
    return PeerSession.open(wire, endpoint(provider, fallback), Protocol.CONTRACT, limits);
  }

  /// A session to write sectors.
  ///
  /// @param fallback the endpoint for a provider that the chain shows none of
  PeerSession sectors(Address provider, Bytes fallback) throws MarketException {
    PeerSession session =
        PeerSession.open(wire, endpoint(provider, fallback), Protocol.SECTOR, limits);
    boolean opened = false;
    try {
      session.authenticate(key, genesisHash, provider);
      opened = true;
      return session;
    } finally {
      if (!opened) {
        session.close();
      }
    }
  }

  private Bytes endpoint(Address provider, Bytes fallback) {
    return directory.endpoint(provider).orElse(fallback);
  }
}
