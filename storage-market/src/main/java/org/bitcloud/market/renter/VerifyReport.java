package org.bitcloud.market.renter;

import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Hash;

/// What sampling the providers of an object showed.
///
/// @param id the object
/// @param needed how many shards suffice
/// @param providers one finding for each shard position
public record VerifyReport(Hash id, int needed, List<Finding> providers) {
  /// One provider's part.
  ///
  /// @param position which of the n shards
  /// @param provider who should have it
  /// @param asked random leaves asked for
  /// @param right leaves that were answered and verified
  /// @param problem what went wrong first; empty when nothing did
  public record Finding(int position, Address provider, int asked, int right, String problem) {
    /// Whether every sample was right.
    public boolean isGood() {
      return asked == right && problem.isEmpty();
    }
  }

  /// Copies the findings.
  public VerifyReport {
    providers = List.copyOf(providers);
  }

  /// The number of providers whose every sample was right.
  public int good() {
    return (int) providers.stream().filter(Finding::isGood).count();
  }

  /// Whether the object can be read.
  public boolean isReadable() {
    return good() >= needed;
  }
}
