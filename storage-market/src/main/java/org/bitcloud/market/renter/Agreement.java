package org.bitcloud.market.renter;

import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Signature;

/// Terms that both parties signed, for one shard position of one object.
///
/// @param position which of the n shards goes there
/// @param id the contract, which is the digest of the terms
/// @param terms what was agreed
/// @param renter the renter's signature
/// @param provider the provider's signature
/// @param endpoint where the provider answered
record Agreement(
    int position,
    Hash id,
    StorageTerms terms,
    Signature renter,
    Signature provider,
    Bytes endpoint) {
  /// The contract and its other side.
  Counterparty counterparty() {
    return new Counterparty(id, terms.provider(), endpoint);
  }
}
