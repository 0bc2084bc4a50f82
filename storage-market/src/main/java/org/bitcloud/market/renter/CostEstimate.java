package org.bitcloud.market.renter;

import java.util.List;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;

/// What storing a file would cost, before anything is paid.
///
/// @param erasure the code that would be used
/// @param providers who would store it, and why they were chosen
/// @param sectorsEach sectors at each provider, the manifest's among them
/// @param windows the term in windows
/// @param escrow drops to lock for the whole term
/// @param fees the most that transactions would cost at present fees, in drops
/// @param availability the chance that the object can be read when each provider is up three
///   quarters of the time
public record CostEstimate(
    Erasure erasure,
    List<Choice> providers,
    long sectorsEach,
    long windows,
    Amount escrow,
    Amount fees,
    double availability) {
  /// A provider with its price and the reason why it was chosen.
  ///
  /// @param provider the account
  /// @param price drops per sector and window
  /// @param reason a few words for people
  public record Choice(Address provider, Amount price, String reason) {}

  /// Copies the providers.
  public CostEstimate {
    providers = List.copyOf(providers);
  }

  /// Escrow and fees together, in drops.
  public Amount total() {
    return escrow.plus(fees);
  }
}
