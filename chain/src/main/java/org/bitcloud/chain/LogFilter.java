package org.bitcloud.chain;

import java.util.List;
import org.bitcloud.chain.block.LogsBloom;
import org.bitcloud.contracts.Log;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// Which logs are wanted.
///
/// @param from first height, inclusive
/// @param to last height, inclusive
/// @param addresses whose logs; empty for anyone's
/// @param topics for each position the topics that will do; an empty position takes any
public record LogFilter(Height from, Height to, List<Address> addresses, List<List<Hash>> topics) {

  /// Takes unmodifiable copies.
  public LogFilter {
    addresses = List.copyOf(addresses);
    topics = topics.stream().map(List::copyOf).toList();
  }

  /// Tells whether a log of the right height is wanted.
  public boolean matches(Log log) {
    if (!addresses.isEmpty() && !addresses.contains(log.address())) {
      return false;
    }
    if (topics.size() > log.topics().size()) {
      return false;
    }
    for (int i = 0; i < topics.size(); i++) {
      List<Hash> any = topics.get(i);
      if (!any.isEmpty() && !any.contains(log.topics().get(i))) {
        return false;
      }
    }
    return true;
  }

  /// Tells whether a block of that bloom may hold a wanted log; false is certain.
  public boolean mayMatch(Bytes bloom) {
    if (!addresses.isEmpty()
        && addresses.stream().noneMatch(a -> LogsBloom.mayContain(bloom, a.bytes()))) {
      return false;
    }
    for (List<Hash> any : topics) {
      if (!any.isEmpty() && any.stream().noneMatch(t -> LogsBloom.mayContain(bloom, t.bytes()))) {
        return false;
      }
    }
    return true;
  }
}
