package org.bitcloud.chain;

import java.time.Instant;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.primitives.Bytes;

/// The consensus engine's part of header validation: seal, signer, target, time. Declared here so
/// that the chain needs no engine; pure, and called from several threads.
@FunctionalInterface
public interface HeaderRules {
  /// Accepts every header; for replay of a line that consensus has decided already, and for tests.
  HeaderRules NONE = (header, sealProof, ancestry, now) -> Verdict.accepted();

  /// Judges one header. A refusal carries [BlockRule#SEAL].
  ///
  /// @param header the header, whose link to its parent has been checked
  /// @param sealProof what travels beside it
  /// @param ancestry the headers below it
  /// @param now this node's time
  Verdict check(BlockHeader header, Bytes sealProof, Ancestry ancestry, Instant now);
}
