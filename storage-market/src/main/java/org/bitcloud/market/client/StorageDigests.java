package org.bitcloud.market.client;

import org.bitcloud.contracts.storage.StorageAbi;
import org.bitcloud.contracts.storage.StorageRevision;
import org.bitcloud.contracts.storage.StorageTerms;
import org.bitcloud.market.NetworkInfo;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.tx.Eip712;

/// What renter and provider sign on one network.
public final class StorageDigests {
  private final Eip712.Domain domain;

  /// The digests of a network.
  public StorageDigests(NetworkInfo network) {
    this.domain = StorageAbi.domain(network.chainId(), network.genesisHash());
  }

  /// The digest of terms, which is the contract's id, too.
  public Hash of(StorageTerms terms) {
    return terms.digest(domain);
  }

  /// The digest of a revision.
  public Hash of(StorageRevision revision) {
    return revision.digest(domain);
  }
}
