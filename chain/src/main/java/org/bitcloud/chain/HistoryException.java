package org.bitcloud.chain;

import org.bitcloud.primitives.Height;

/// A state was asked for that this node no longer has, or not yet.
public final class HistoryException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long oldest;
  private final long newest;

  HistoryException(Height asked, Height oldest, Height newest) {
    super(
        "no state at height %d: this node has heights %d to %d"
            .formatted(asked.value(), oldest.value(), newest.value()));
    this.oldest = oldest.value();
    this.newest = newest.value();
  }

  /// Returns the lowest height whose state is there.
  public Height oldest() {
    return new Height(oldest);
  }

  /// Returns the highest height whose state is there.
  public Height newest() {
    return new Height(newest);
  }
}
