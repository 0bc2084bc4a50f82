package org.bitcloud.chain.block;

import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// A block named by its hash, with the height it stands at.
public record BlockRef(Hash hash, Height height) {
  @Override
  public String toString() {
    return height.value() + ":" + hash.toHex();
  }
}
