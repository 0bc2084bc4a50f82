package org.bitcloud.consensus;

import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// What is to be signed, by meaning and not as bytes, so that the signer's guard can judge it.
public sealed interface SignIntent {
  /// A vote; `block` is [Hash#ZERO] for [VoteKind#NULLIFY]. Signature of 64 bytes.
  record Vote(long term, long view, VoteKind kind, Hash block) implements SignIntent {}

  /// A proposal of this block in this view. Signature of 64 bytes.
  record Propose(long term, long view, Hash block) implements SignIntent {}

  /// The seal of a header, over its hash. Signature of 65 bytes, so that it names its signer.
  record SealHeader(Height height, Hash header) implements SignIntent {}
}
