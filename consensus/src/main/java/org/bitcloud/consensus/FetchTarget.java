package org.bitcloud.consensus;

import org.bitcloud.primitives.Hash;

/// What an engine lacks and others have.
public sealed interface FetchTarget {
  /// The body of a block; comes as [Input.BlockArrived].
  record Body(Hash block) implements FetchTarget {}

  /// Certificates of these views; come as messages.
  record Certificates(long term, long fromView, long toView) implements FetchTarget {}

  /// The others' best certificate.
  record Tip() implements FetchTarget {}
}
