package org.bitcloud.market;

import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// Which logs are wanted: those of one address in a span of heights, both ends included.
///
/// `topics` is matched by position; an empty inner list matches anything.
public record LogFilter(Height from, Height to, Address address, List<List<Hash>> topics) {
  /// Copies the topics.
  public LogFilter {
    topics = topics.stream().map(List::copyOf).toList();
  }
}
