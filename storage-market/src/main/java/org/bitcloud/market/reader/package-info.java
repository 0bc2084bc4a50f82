/// Reading objects: finds manifests, fetches any k of n shard ranges, verifies, decodes, streams.
///
/// Used by the gateway and by a renter's `get`; needs no key but for private objects. Everything
/// public here may be called by any thread.
@NullMarked
package org.bitcloud.market.reader;

import org.jspecify.annotations.NullMarked;
