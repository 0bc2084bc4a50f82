package org.bitcloud.chain.state;

import java.io.Serial;
import org.bitcloud.primitives.Height;

/// The state of a height was asked for that is not kept; the message names the heights that are.
public final class UnreachableHeightException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient Height asked;
  private final transient Height oldest;
  private final transient Height newest;

  UnreachableHeightException(Height asked, Height oldest, Height newest) {
    super("state at height %s is not kept: heights %s to %s are".formatted(asked, oldest, newest));
    this.asked = asked;
    this.oldest = oldest;
    this.newest = newest;
  }

  /// The height asked for.
  public Height asked() {
    return asked;
  }

  /// The lowest height whose state is kept.
  public Height oldest() {
    return oldest;
  }

  /// The height of the head.
  public Height newest() {
    return newest;
  }
}
