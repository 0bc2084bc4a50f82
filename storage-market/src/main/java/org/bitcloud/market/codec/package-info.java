/// From the bytes of an object to masked shards and back: encryption, erasure code, manifest
/// (`docs/spec/object.md`). Pure computation over arrays and streams; knows no network and no
/// chain.
@NullMarked
package org.bitcloud.market.codec;

import org.jspecify.annotations.NullMarked;
