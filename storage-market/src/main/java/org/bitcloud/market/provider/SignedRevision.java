package org.bitcloud.market.provider;

import org.bitcloud.contracts.storage.StorageRevision;
import org.bitcloud.primitives.crypto.Signature;

/// A revision with the signatures of both parties, fit to be posted.
record SignedRevision(StorageRevision revision, Signature renter, Signature provider) {}
