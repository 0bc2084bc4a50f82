package org.bitcloud.contracts;

import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;

/// An event that a corporation emitted, as Ethereum's receipts carry it.
///
/// @param address the corporation
/// @param topics the event's signature hash, then its indexed parameters; at most 4
/// @param data ABI encoding of the other parameters
public record Log(Address address, List<Hash> topics, Bytes data) {
  /// How many topics a log has at most.
  public static final int TOPICS_MAX = 4;

  /// Copies the topics.
  ///
  /// @throws IllegalArgumentException if there are more than 4
  public Log {
    topics = List.copyOf(topics);
    if (topics.size() > TOPICS_MAX) {
      throw new IllegalArgumentException("a log has at most " + TOPICS_MAX + " topics");
    }
  }
}
