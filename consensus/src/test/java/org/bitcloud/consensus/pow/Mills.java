package org.bitcloud.consensus.pow;

import java.time.Duration;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.consensus.VirtualNode;
import org.bitcloud.primitives.MalformedException;

/// Miners in virtual time: they do the work and say how long it would have taken.
public final class Mills {
  private Mills() {}

  /// A miner of so many hashes a second.
  public static VirtualNode.Mill of(long hashesPerSecond) {
    return grind -> {
      BlockHeader template = grind.template();
      try {
        PowSeal seal = PowSeal.decode(template.sealData());
        if (!seal.target().equals(grind.target())) {
          throw new AssertionError("the template has another target");
        }
        NonceSearch search = new NonceSearch(Work.preimage(template, seal), seal.target());
        long nonce = search.find(0, 1, Integer.MAX_VALUE).orElseThrow();
        return new VirtualNode.Found(
            template.withSealData(seal.withNonce(nonce).encode()),
            Duration.ofNanos((nonce + 1) * 1_000_000_000 / hashesPerSecond));
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    };
  }
}
